package io.vmferry.converter.testing;

import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.vmdk.StreamOptimizedWriter;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStream;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Siblings;
import java.nio.ByteBuffer;

/** Containers in memory for tests. */
public final class Disks {
    public static final Siblings NOBODY = name -> {
        throw new AssertionError("nothing should be opened, but " + name + " is");
    };

    private static final int GRAIN = StreamOptimizedWriter.GRAIN;

    private Disks() {}

    public static DiskImage open(byte[] container) {
        return ImageFormats.open(new MemoryStore(container), NOBODY);
    }

    /** A VMDK as ESXi exports it. */
    public static byte[] streamOptimized(byte[] content) {
        MemoryStore store = new MemoryStore();
        try (StreamOptimizedWriter writer = StreamOptimizedWriter.create(store, content.length)) {
            for (int at = 0; at < content.length; at += GRAIN) {
                int length = Math.min(GRAIN, content.length - at);
                writer.grain(at / 512, ByteBuffer.wrap(content, at, length));
            }
            writer.finish();
        }
        return store.content();
    }

    public static ByteStream stream(byte[] container) {
        ByteSource source = new MemoryStore(container);
        return new ByteStream() {
            private long at;

            @Override
            public String name() {
                return "stream";
            }

            @Override
            public int read(ByteBuffer target) {
                int n = source.read(at, target);
                at += n;
                return n;
            }

            @Override
            public void close() {
                source.close();
            }
        };
    }

    /** All of the content. */
    public static byte[] read(DiskImage image) {
        byte[] content = new byte[(int) image.virtualSize()];
        image.read(0, ByteBuffer.wrap(content));
        return content;
    }
}
