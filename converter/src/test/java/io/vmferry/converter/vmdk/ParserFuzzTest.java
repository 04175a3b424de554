package io.vmferry.converter.vmdk;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vmferry.converter.ImageScan;
import io.vmferry.converter.testing.FuzzBounds;
import io.vmferry.converter.testing.FuzzFolder;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.Siblings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Every parser against inputs that Jazzer makes up. In a normal build only the inputs in {@code ParserFuzzTestInputs} are
 * played back; with {@code JAZZER_FUZZ=1} in the environment and one of the methods chosen, new ones are searched for:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl converter -am test -Dtest=ParserFuzzTest#cowd -Dsurefire.failIfNoSpecifiedTests=false</pre>
 *
 * <p>Anything but a result or a coded error is a finding, and so are 5 seconds or 64 MiB for one input.
 */
class ParserFuzzTest {
    /** Content that is read of each extent; all of a terabyte would only be slow. */
    private static final int PIECE = 64 << 10;

    @FuzzTest(maxDuration = "10m")
    void descriptor(byte[] text) {
        FuzzBounds.hold(() -> DescriptorParser.parse(ByteBuffer.wrap(text), "fuzz.vmdk"));
        MemorySource file = new MemorySource(text);
        FuzzBounds.hold(() -> walk(new VmdkFormat().open(file, name -> file.again())));
    }

    @FuzzTest(maxDuration = "10m")
    void hostedSparse(byte[] file) {
        MemorySource source = new MemorySource(file);
        FuzzBounds.hold(() -> walk(new VmdkFormat().open(source, name -> source.again())));
    }

    @FuzzTest(maxDuration = "10m")
    void cowd(byte[] extent) {
        if (extent.length >= 16) {
            long capacity = Integer.toUnsignedLong(littleEndian(extent).getInt(12));
            FuzzBounds.hold(() -> walk(delta("vmfsSparse", capacity, extent)));
        }
    }

    @FuzzTest(maxDuration = "10m")
    void seSparse(byte[] extent) {
        if (extent.length >= 24) {
            long capacity = littleEndian(extent).getLong(16);
            FuzzBounds.hold(() -> walk(delta("seSparse", capacity, extent)));
        }
    }

    @FuzzTest(maxDuration = "10m")
    void streamOptimizedStream(byte[] stream) {
        FuzzBounds.hold(() -> pass(new MemorySource(stream)));
    }

    /** A snapshot, its data and its parents, out of one input. */
    @FuzzTest(maxDuration = "10m")
    void chain(byte[] files) {
        FuzzFolder folder = new FuzzFolder(files);
        FuzzBounds.hold(() -> walk(new VmdkFormat().open(folder.first(), folder)));
    }

    private static DiskImage delta(String type, long capacity, byte[] extent) {
        String text = SparseFixture.descriptor(type, "RW " + capacity + " " + type + " \"delta\"");
        Siblings files = name -> new MemorySource(extent);
        return new VmdkFormat().open(MemorySource.named("top.vmdk", text.getBytes(StandardCharsets.UTF_8)), files);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void walk(DiskImage opened) {
        ByteBuffer buffer = ByteBuffer.allocate(PIECE);
        try (DiskImage image = opened) {
            ImageScan.scan(image);
            for (long at = 0; at < image.virtualSize(); ) {
                Extent extent = image.extentAt(at);
                EncodedBlock block = extent.encoded();
                if (block != null && block.size() <= PIECE) {
                    image.readEncoded(extent, buffer.clear());
                }
                image.read(at, buffer.clear().limit((int) Math.min(PIECE, extent.end() - at)));
                at = extent.end();
            }
        }
    }

    private static void pass(MemorySource source) {
        ByteBuffer buffer = ByteBuffer.allocate(2 << 20);
        try (DiskStream stream = new VmdkFormat().openStream(source.stream())) {
            if (stream != null) {
                for (Extent extent = stream.next(); extent != null; extent = stream.next()) {
                    EncodedBlock block = extent.encoded();
                    if (block != null || !extent.kind().readsAsZero()) {
                        int size = block != null ? block.size() : (int) extent.length();
                        stream.readPayload(buffer.clear().limit(size));
                    }
                }
            }
        }
    }
}
