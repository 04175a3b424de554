package io.vmferry.converter.qcow2;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.ImageScan;
import io.vmferry.converter.codec.Codecs;
import io.vmferry.converter.raw.RawFormat;
import io.vmferry.converter.testing.FuzzBounds;
import io.vmferry.converter.testing.FuzzFolder;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.spi.file.SourceRange;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.Siblings;
import java.nio.ByteBuffer;

/**
 * Any bytes as a qcow2 image, which may name itself as its backing file. In a build the inputs in the test's resources are run
 * through; with {@code JAZZER_FUZZ=1} Jazzer looks for more.
 */
class Qcow2FuzzTest {
    private static final int WINDOW = 64 << 10;
    private static final int READ = 2 << 20;

    @FuzzTest(maxDuration = "10m")
    void anyBytesAreAnImageOrACodedError(byte[] file) {
        Siblings itself = name -> named(name, file);
        BackingOpener raw = (format, container, siblings) -> new RawFormat().open(container, siblings);
        FuzzBounds.hold(() -> look(new Qcow2Format(Codecs.jdk(), raw).open(named("top", file), itself)));
    }

    /** An image and its backing files, in any format, out of one input. */
    @FuzzTest(maxDuration = "10m")
    void anyChainIsAnImageOrACodedError(byte[] files) {
        FuzzFolder folder = new FuzzFolder(files);
        BackingOpener any =
                (format, container, siblings) -> ImageFormats.readable(format).open(container, siblings);
        FuzzBounds.hold(() -> look(new Qcow2Format(Codecs.jdk(), any).open(folder.first(), folder)));
    }

    private static void look(DiskImage opened) {
        try (DiskImage image = opened) {
            ImageScan.scan(image);
            ByteBuffer content = ByteBuffer.allocate(WINDOW);
            long size = image.virtualSize();
            for (long at = 0; at < Math.min(size, READ); at += WINDOW) {
                image.read(at, content.clear().limit((int) Math.min(WINDOW, size - at)));
            }
            if (size > 0) {
                Extent last = image.extentAt(size - 1);
                EncodedBlock block = last.encoded();
                if (block != null) {
                    image.readEncoded(last, ByteBuffer.allocate(block.size()));
                }
                image.read(size - 1, content.clear().limit(1));
            }
        }
    }

    private static ByteSource named(String name, byte[] file) {
        return new SourceRange(new MemoryStore(file), name, 0, file.length);
    }
}
