package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.DiskImage;
import java.util.List;
import java.util.function.Consumer;

/** Opened images for tests of other packages. */
public final class VmdkImages {
    private VmdkImages() {}

    public static DiskImage sparse(int size) {
        return open(new MemorySource(new SparseFixture().build(content(size))));
    }

    /** The same disk in ESXi's layout and with tables in front. */
    public static List<DiskImage> streamOptimized(int size) {
        SparseFixture front = new SparseFixture();
        front.compressed = true;
        return List.of(
                open(new MemorySource(StreamFixture.build(content(size)))),
                open(new MemorySource(front.build(content(size)))));
    }

    /** What an action on an image in ESXi's layout reads of the file, opening included. */
    public static long bytesReadFor(int size, Consumer<DiskImage> action) {
        MemorySource source = new MemorySource(StreamFixture.build(content(size)));
        try (DiskImage image = open(source)) {
            action.accept(image);
        }
        return source.bytesRead.get();
    }

    private static byte[] content(int size) {
        return Contents.mixed(size, 640 << 10, Contents.random(81));
    }

    private static DiskImage open(MemorySource source) {
        return new VmdkFormat().open(source, MemorySource.NONE);
    }
}
