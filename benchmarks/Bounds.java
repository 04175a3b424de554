import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.codec.Codec;
import io.vmferry.converter.codec.CodecProvider;
import io.vmferry.converter.codec.Codecs;
import io.vmferry.converter.digest.BlockHasher;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;

/**
 * What the engine cannot beat: CPU seconds of threads that decode and hash the grains of a streamOptimized image from memory,
 * warmed up, and nothing else; one thread a core, all at once, as cores share caches and clocks. Prints MB of content per CPU
 * second of one core: inflate, inflate by the JDK, SHA-256, SHA-256 by the JDK.
 */
public final class Bounds {
    private static final int GRAIN = 64 << 10;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private Bounds() {}

    private interface Work {
        void all() throws Exception;
    }

    private interface Worker {
        Work make() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        List<ByteBuffer> grains = grains(Path.of(args[0]), 256 << 20);
        double mb = (double) grains.size() * GRAIN / 1e6;
        System.out.printf(
                "%.0f %.0f %.0f %.0f%n",
                mb / seconds(() -> inflate(Codecs.best(), grains)),
                mb / seconds(() -> inflate(Codecs.jdk(), grains)),
                mb / seconds(() -> hash(grains.size())),
                mb / seconds(() -> hashByJdk(grains.size())));
    }

    private static Work inflate(CodecProvider codecs, List<ByteBuffer> grains) {
        Codec codec = codecs.open(BlockEncoding.ZLIB);
        ByteBuffer content = ByteBuffer.allocateDirect(GRAIN);
        return () -> {
            for (ByteBuffer grain : grains) {
                codec.decode(grain.duplicate(), content.clear());
            }
        };
    }

    private static Work hash(int blocks) {
        BlockHasher hasher = new BlockHasher();
        ByteBuffer block = ByteBuffer.allocateDirect(GRAIN);
        byte[] digest = new byte[32];
        return () -> {
            for (int i = 0; i < blocks; i++) {
                hasher.digest(block.putInt(0, i), digest, 0);
            }
        };
    }

    private static Work hashByJdk(int blocks) throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        byte[] block = new byte[GRAIN];
        return () -> {
            for (int i = 0; i < blocks; i++) {
                block[0] = (byte) i;
                sha.update(block);
                sha.digest();
            }
        };
    }

    /** Mean CPU seconds of a thread for the last of three rounds. */
    private static double seconds(Worker worker) throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        CyclicBarrier start = new CyclicBarrier(cores);
        long[] nanos = new long[cores];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < cores; i++) {
            int number = i;
            threads.add(new Thread(() -> {
                try {
                    Work work = worker.make();
                    for (int round = 0; round < 3; round++) {
                        start.await();
                        long before = CPU.getCurrentThreadCpuTime();
                        work.all();
                        nanos[number] = CPU.getCurrentThreadCpuTime() - before;
                    }
                } catch (Exception e) {
                    e.printStackTrace();
                    System.exit(1);
                }
            }));
            threads.get(i).start();
        }
        long sum = 0;
        for (int i = 0; i < cores; i++) {
            threads.get(i).join();
            sum += nanos[i];
        }
        return sum / 1e9 / cores;
    }

    private static List<ByteBuffer> grains(Path file, long most) {
        List<ByteBuffer> grains = new ArrayList<>();
        try (DiskImage image = ImageFormats.open(FileSource.open(file), name -> FileSource.open(Path.of(name)))) {
            long stored = 0;
            for (long at = 0; at < image.virtualSize() && stored < most; ) {
                Extent extent = image.extentAt(at);
                if (extent.encoded() != null) {
                    ByteBuffer grain = ByteBuffer.allocateDirect(extent.encoded().size());
                    image.readEncoded(extent, grain);
                    grains.add(grain.flip());
                    stored += grain.limit();
                }
                at = extent.end();
            }
        }
        return grains;
    }
}
