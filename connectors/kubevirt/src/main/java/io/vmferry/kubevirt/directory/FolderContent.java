package io.vmferry.kubevirt.directory;

import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells in a VM's folder what vmferry made, and is as it made it, from everything else.
 *
 * @param marker of the folder
 */
record FolderContent(VmFolder folder, FolderMarker marker) {
    private static final String PARTIAL = ".partial";
    private static final String STAMP = ".partial.json";
    private static final String LOCK = ".lock";
    private static final String EVIDENCE = ".evidence.json";

    /** What is removed first; records follow what they prove, the marker is last. */
    private enum Part {
        MANIFEST,
        DISK,
        PARTIAL,
        RECORD,
        MARKER,
        FOREIGN
    }

    /** Names of ours in order of removal. */
    List<String> ours() {
        return names().stream()
                .filter(this::isOurs)
                .sorted(Comparator.comparing(this::part).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    boolean isOurs(String name) {
        return part(name) != Part.FOREIGN;
    }

    /** Everything but the marker, ours and not. */
    List<String> others() {
        return names().stream()
                .filter(name -> !name.equals(FolderMarker.FILE))
                .sorted()
                .toList();
    }

    static boolean isPartial(String name) {
        return name.startsWith(".") && name.endsWith(PARTIAL);
    }

    static boolean isLock(String name) {
        return name.startsWith(".") && name.endsWith(LOCK);
    }

    /** The lock of the disk that a partial file belongs to. */
    static Path lockOf(Path partial) {
        String name = partial.getFileName().toString();
        return partial.resolveSibling(name.substring(0, name.length() - PARTIAL.length()) + LOCK);
    }

    private Part part(String name) {
        Path file = folder.path().resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Part.FOREIGN;
        }
        if (name.equals(FolderMarker.FILE)) {
            return Part.MARKER;
        }
        if (name.startsWith(".")) {
            return hidden(name);
        }
        if (name.endsWith(EVIDENCE)) {
            return evidence(name.substring(0, name.length() - EVIDENCE.length()))
                            .isPresent()
                    ? Part.RECORD
                    : Part.FOREIGN;
        }
        if (name.endsWith(".qcow2") || name.endsWith(".raw")) {
            return evidence(name.substring(0, name.lastIndexOf('.')))
                            .filter(stored -> stored.file().equals(name) && DiskFiles.asCommitted(stored, file))
                            .isPresent()
                    ? Part.DISK
                    : Part.FOREIGN;
        }
        return new ManifestFiles(folder).asWritten(marker, name) ? Part.MANIFEST : Part.FOREIGN;
    }

    private Part hidden(String name) {
        if (AtomicFile.isTemporary(name) || name.endsWith(LOCK)) {
            return Part.RECORD;
        }
        if (name.endsWith(STAMP)) {
            return isStamp(name) ? Part.RECORD : Part.FOREIGN;
        }
        return isPartial(name) && isStamp(name + ".json") ? Part.PARTIAL : Part.FOREIGN;
    }

    private boolean isStamp(String name) {
        try {
            return Records.read(folder.path().resolve(name), DiskStamp.class, DiskStamp.SCHEMA)
                    .isPresent();
        } catch (VmferryException e) {
            return false;
        }
    }

    private Optional<StoredEvidence> evidence(String disk) {
        try {
            return Records.read(folder.path().resolve(disk + EVIDENCE), StoredEvidence.class, StoredEvidence.SCHEMA);
        } catch (VmferryException e) {
            return Optional.empty();
        }
    }

    private List<String> names() {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder.path())) {
            List<String> names = new ArrayList<>();
            stream.forEach(path -> names.add(path.getFileName().toString()));
            return names;
        } catch (IOException e) {
            throw IoFailure.reading(folder.path().toString(), e);
        }
    }
}
