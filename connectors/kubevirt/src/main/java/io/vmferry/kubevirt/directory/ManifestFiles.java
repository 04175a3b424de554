package io.vmferry.kubevirt.directory;

import io.vmferry.kubevirt.TargetError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the manifests of a VM, create-or-adopt. What a person edited stays as long as the plan is the same; when both have
 * changed, somebody has to decide. The marker knows what was written: it is changed before a file is, so that a crash between the
 * two leaves no file that looks edited.
 */
record ManifestFiles(VmFolder folder) {

    /** @param files name to content, in order */
    void write(Map<String, String> files) {
        FolderMarker marker = folder.marker().orElseThrow();
        Map<String, List<String>> known = new LinkedHashMap<>(marker.manifests());
        Map<String, String> toWrite = new LinkedHashMap<>();
        files.forEach((name, content) -> {
            List<String> digests = known.getOrDefault(name, List.of());
            if (differs(name, content, digests)) {
                toWrite.put(name, content);
            }
            String wanted = Digests.sha256(content);
            List<String> updated = new ArrayList<>(List.of(wanted));
            digests.stream().filter(digest -> !digest.equals(wanted)).limit(1).forEach(updated::add);
            known.put(name, updated);
        });
        if (!known.equals(marker.manifests())) {
            Records.write(folder.markerFile(), marker.withManifests(known));
        }
        toWrite.forEach((name, content) -> AtomicFile.write(folder.path().resolve(name), content));
    }

    /** Whether a file is to be written; an error when it may not be. */
    private boolean differs(String name, String content, List<String> known) {
        Path file = folder.path().resolve(name);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        if (known.isEmpty()) {
            throw new VmferryException(
                    TargetError.TARGET_FILE_FOREIGN,
                    file.toString(),
                    "the file exists, and vmferry did not write it",
                    "Move it away, then run the same command again.");
        }
        String found = digest(file);
        String wanted = Digests.sha256(content);
        if (found.equals(wanted)) {
            return false;
        }
        if (known.contains(found)) {
            return true;
        }
        if (known.get(0).equals(wanted)) {
            return false;
        }
        throw new VmferryException(
                TargetError.TARGET_MANIFEST_EDITED,
                file.toString(),
                "it was edited by hand, and the plan has changed since it was written",
                "Move it away, run the same command again, and carry your changes over.");
    }

    /** Whether a file is one that was written here and is as it was written. */
    boolean asWritten(FolderMarker marker, String name) {
        return marker.manifests()
                .getOrDefault(name, List.of())
                .contains(digest(folder.path().resolve(name)));
    }

    private static String digest(Path file) {
        try {
            // Manifests are small; whatever else has their name is not read whole into memory.
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) < (16 << 20)
                    ? Digests.sha256(Files.readAllBytes(file))
                    : "";
        } catch (IOException e) {
            throw IoFailure.reading(file.toString(), e);
        }
    }
}
