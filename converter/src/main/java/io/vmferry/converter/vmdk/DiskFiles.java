package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.Siblings;
import java.util.HashSet;
import java.util.Set;

/**
 * The files of a disk and of its parents. Each of them is opened through the image's siblings, so none lies outside its
 * folder. Those with tables of their own are opened once only: an image that names one small file a thousand times would take
 * a thousand times its memory, and a parent of itself would never end.
 */
final class DiskFiles {
    private final Siblings siblings;
    private final Set<String> seen;
    /** Of the disk whose files these are, below the folder of the first disk; with a slash at its end, or empty. */
    private final String folder;

    private DiskFiles(Siblings siblings, Set<String> seen, String folder) {
        this.siblings = siblings;
        this.seen = seen;
        this.folder = folder;
    }

    static DiskFiles of(ByteSource disk, Siblings siblings) {
        return new DiskFiles(siblings, new HashSet<>(Set.of(disk.name())), "");
    }

    /** Seen from a disk that has {@code name} here. */
    DiskFiles besides(String name) {
        int end = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1;
        return end == 0 ? this : new DiskFiles(siblings, seen, folder + name.substring(0, end));
    }

    /** The same file again for the same name. */
    ByteSource flat(String name) {
        return siblings.open(confined(name));
    }

    /** A sparse extent or a parent. */
    ByteSource sparse(String name) {
        ByteSource source = siblings.open(confined(name));
        if (!seen.add(source.name())) {
            source.close();
            throw VmdkError.VMDK_FILE_TWICE.of(source.name(), "the disk or its parents name it a second time");
        }
        return source;
    }

    /** A name with a folder in front must not hide from the siblings that it was absolute. */
    private String confined(String name) {
        boolean absolute = name.startsWith("/") || name.startsWith("\\") || name.indexOf(':') == 1;
        return absolute ? name : folder + name;
    }
}
