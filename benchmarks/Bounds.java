import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.codec.Codec;
import io.vmferry.converter.codec.CodecProvider;
import io.vmferry.converter.codec.Codecs;
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

/**
 * What the engine cannot beat: CPU seconds of one thread that decodes and hashes the grains of a streamOptimized image from
 * memory, warmed up, and nothing else. Prints bytes of content per CPU second.
 */
public final class Bounds {
    private static final int GRAIN = 64 << 10;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private Bounds() {}

    public static void main(String[] args) throws Exception {
        List<ByteBuffer> grains = grains(Path.of(args[0]), 256 << 20);
        ByteBuffer content = ByteBuffer.allocateDirect(GRAIN);
        byte[] block = new byte[GRAIN];
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        for (int round = 0; round < 3; round++) {
            double fast = inflate(Codecs.best(), grains, content);
            double jdk = inflate(Codecs.jdk(), grains, content);
            content.clear().get(block);
            long start = CPU.getCurrentThreadCpuTime();
            for (int i = 0; i < grains.size(); i++) {
                sha.update(block);
                sha.digest();
            }
            double hash = rate(grains.size(), start);
            if (round == 2) {
                System.out.printf("%.0f %.0f %.0f%n", fast / 1e6, jdk / 1e6, hash / 1e6);
            }
        }
    }

    private static double inflate(CodecProvider codecs, List<ByteBuffer> grains, ByteBuffer content) {
        try (Codec codec = codecs.open(BlockEncoding.ZLIB)) {
            long start = CPU.getCurrentThreadCpuTime();
            for (ByteBuffer grain : grains) {
                codec.decode(grain.duplicate(), content.clear());
            }
            return rate(grains.size(), start);
        }
    }

    private static double rate(int grains, long start) {
        return (double) grains * GRAIN / ((CPU.getCurrentThreadCpuTime() - start) / 1e9);
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
