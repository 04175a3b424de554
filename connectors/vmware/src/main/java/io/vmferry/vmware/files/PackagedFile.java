package io.vmferry.vmware.files;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.files.ovf.OvfDocument.FileRef;
import io.vmferry.vmware.files.pack.PackageFile;
import io.vmferry.vmware.files.pack.PackageFiles;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what a {@code File} reference of a descriptor means: one file, or its chunks (DSP0243 7.1). */
final class PackagedFile {
    private static final int MOST_CHUNKS = 100_000;

    private PackagedFile() {}

    /** The file itself, or all of its chunks in order. */
    static List<PackageFile> find(String descriptor, FileRef ref, PackageFiles files) {
        Optional<PackageFile> whole = named(ref.href(), files);
        if (whole.isPresent()) {
            return List.of(whole.get());
        }
        Long chunkSize = ref.chunkSize();
        if (chunkSize == null || chunkSize == 0) {
            throw missing(descriptor, ref, ref.href());
        }
        Long size = ref.size();
        long expected = size == null ? MOST_CHUNKS : Math.max(1, (size - 1) / chunkSize + 1);
        if (expected > MOST_CHUNKS) {
            throw new VmferryException(
                    FilesError.OVF_UNSUPPORTED,
                    descriptor + " line " + ref.line(),
                    "\"" + ref.href() + "\" would come in " + expected + " chunks",
                    "Export the VM with larger chunks, or none.");
        }
        List<PackageFile> chunks = new ArrayList<>();
        while (chunks.size() < expected) {
            String name = "%s.%09d".formatted(ref.href(), chunks.size());
            Optional<PackageFile> chunk = named(name, files);
            if (chunk.isEmpty()) {
                if (size != null || chunks.isEmpty()) {
                    throw missing(descriptor, ref, name);
                }
                break;
            }
            if (!chunks.isEmpty() && chunks.get(chunks.size() - 1).size() != chunkSize) {
                throw new VmferryException(
                        FilesError.OVF_FILE_SIZE,
                        chunks.get(chunks.size() - 1).path(),
                        "it is not the last chunk, but has "
                                + chunks.get(chunks.size() - 1).size() + " bytes instead of " + chunkSize,
                        "Copy or download the package again; this chunk is incomplete.");
            }
            chunks.add(chunk.get());
        }
        return chunks;
    }

    /** References are URIs, so a blank may be written as {@code %20}; most tools write it as it is. */
    private static Optional<PackageFile> named(String href, PackageFiles files) {
        Optional<PackageFile> literal = files.find(href);
        if (literal.isPresent() || !href.contains("%")) {
            return literal;
        }
        try {
            return files.find(URLDecoder.decode(href.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static VmferryException missing(String descriptor, FileRef ref, String name) {
        return new VmferryException(
                FilesError.OVF_FILE_MISSING,
                descriptor + " line " + ref.line(),
                "it refers to \"" + name + "\", which is not in the package",
                "Copy all files of the package, or export the VM again.");
    }
}
