package io.vmferry.converter.vmdk;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.Siblings;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Every parser against inputs that Jazzer makes up. In a normal build only the inputs in {@code ParserFuzzTestInputs} are
 * played back; with {@code JAZZER_FUZZ=1} in the environment and one of the methods chosen, new ones are searched for:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl converter -am test -Dtest=ParserFuzzTest#cowd -Dsurefire.failIfNoSpecifiedTests=false</pre>
 *
 * <p>Anything but a result or a coded error is a finding, and so are 5 seconds or 64 MiB for one input.
 */
class ParserFuzzTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long MEMORY = 64 << 20;
    /** Content that is read of each extent; all of a terabyte would only be slow. */
    private static final int PIECE = 64 << 10;

    private interface Attempt {
        void run() throws VmferryException;
    }

    @FuzzTest(maxDuration = "4m")
    void descriptor(byte[] text) {
        bounded(() -> DescriptorParser.parse(ByteBuffer.wrap(text), "fuzz.vmdk"));
        MemorySource file = new MemorySource(text);
        bounded(() -> walk(new VmdkFormat().open(file, name -> file.again())));
    }

    @FuzzTest(maxDuration = "4m")
    void hostedSparse(byte[] file) {
        MemorySource source = new MemorySource(file);
        bounded(() -> walk(new VmdkFormat().open(source, name -> source.again())));
    }

    @FuzzTest(maxDuration = "4m")
    void cowd(byte[] extent) {
        if (extent.length >= 16) {
            long capacity = Integer.toUnsignedLong(littleEndian(extent).getInt(12));
            bounded(() -> walk(delta("vmfsSparse", capacity, extent)));
        }
    }

    @FuzzTest(maxDuration = "4m")
    void seSparse(byte[] extent) {
        if (extent.length >= 24) {
            long capacity = littleEndian(extent).getLong(16);
            bounded(() -> walk(delta("seSparse", capacity, extent)));
        }
    }

    @FuzzTest(maxDuration = "4m")
    void streamOptimizedStream(byte[] stream) {
        bounded(() -> pass(new MemorySource(stream)));
    }

    private static DiskImage delta(String type, long capacity, byte[] extent) {
        String text = SparseFixture.descriptor(type, "RW " + capacity + " " + type + " \"delta\"");
        Siblings files = name -> new MemorySource(extent);
        return new VmdkFormat().open(MemorySource.named("top.vmdk", text.getBytes(StandardCharsets.UTF_8)), files);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void bounded(Attempt attempt) {
        // The first run may load and instrument classes as well, so that a second one has to confirm its price.
        boolean cheap = isCheap(attempt);
        if (!cheap) {
            cheap = isCheap(attempt);
        }
        if (!cheap) {
            throw new AssertionError("it took more than " + PATIENCE + " or " + MEMORY + " bytes");
        }
    }

    private static boolean isCheap(Attempt attempt) {
        long start = System.nanoTime();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            attempt.run();
        } catch (VmferryException e) {
            if (e.subject().isEmpty() || e.reason().isEmpty()) {
                throw new AssertionError("an error without a subject or a reason", e);
            }
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return allocated <= MEMORY && took.compareTo(PATIENCE) <= 0;
    }

    private static void walk(DiskImage opened) {
        ByteBuffer buffer = ByteBuffer.allocate(PIECE);
        try (DiskImage image = opened) {
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
