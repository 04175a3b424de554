package io.vmferry.converter.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.testing.BlkSum;
import io.vmferry.converter.testing.Disks;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.file.DirectStore;
import io.vmferry.spi.file.UnsyncedStore;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.ImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copies into files that are written past the page cache: the same bytes as everywhere, also after a crash. */
@Timeout(120)
class DirectCopyTest {
    private static final int SIZE = 12 * (1 << 20) + 512;

    @TempDir
    Path folder = Path.of("");

    /** The stores of attempts that "crashed" are not closed, so what waited in them is lost, until the test is over. */
    private final List<ByteStore> crashed = new ArrayList<>();

    @Test
    void givesTheSameFile() throws IOException {
        byte[] content = SampleDisk.content(91, SIZE);
        for (byte[] source : List.of(content, Disks.streamOptimized(content))) {
            for (String kind : List.of("raw", "qcow2", "qcow2 DEFLATE", "qcow2 ZSTD")) {
                byte[] expected = DiskCopyTest.copied(source, format(kind), encoding(kind), DiskCopyTest.options())
                        .content();
                for (boolean sync : new boolean[] {true, false}) {
                    Path target = folder.resolve(kind + sync);
                    try (ByteStore file = DirectStore.open(target)) {
                        ByteStore store = sync ? file : new UnsyncedStore(file);
                        assertThat(copy(source, store, kind).digest()).isEqualTo(BlkSum.of(content));
                    }
                    assertThat(Files.readAllBytes(target)).as(kind).isEqualTo(expected);
                    Files.delete(target);
                }
            }
        }
    }

    private static CopyResult copy(byte[] source, ByteStore store, String kind) {
        try (DiskImage image = Disks.open(source);
                ImageWriter writer = writer(store, image, kind, null);
                DiskCopy copy = DiskCopy.start(image, writer, DiskCopyTest.options(), null, null)) {
            copy.run();
            return copy.finish();
        }
    }

    @Test
    void aCrashedCopyGoesOnAndGivesTheSameBytes() throws IOException {
        RandomGenerator random = SampleDisk.random(92);
        byte[] content = SampleDisk.content(92, SIZE);
        byte[] source = Disks.streamOptimized(content);
        try {
            for (String kind : List.of("raw", "qcow2", "qcow2 DEFLATE", "qcow2 ZSTD")) {
                byte[] expected = DiskCopyTest.copied(source, format(kind), encoding(kind), DiskCopyTest.options())
                        .content();
                Path target = folder.resolve(kind);
                Path log = folder.resolve(kind + ".log");
                String saved = null;
                CopyResult result = null;
                for (int attempt = 0; result == null; attempt++) {
                    int checkpoints = attempt < 4 ? random.nextInt(1, 4) : Integer.MAX_VALUE;
                    ByteStore store = DirectStore.open(target);
                    crashed.add(store);
                    ByteStore digests = DirectStore.open(log);
                    crashed.add(digests);
                    CopyCheckpoint from = saved == null ? null : CopyCheckpoint.parse(saved);
                    try (DiskImage image = Disks.open(source);
                            ImageWriter writer = writer(store, image, kind, from);
                            DiskCopy copy = DiskCopy.start(image, writer, DiskCopyTest.options(), from, digests)) {
                        while (checkpoints-- > 0 && copy.slice(Duration.ofMillis(3)) == CopyState.MORE) {
                            saved = copy.checkpoint().print();
                        }
                        // What comes after the last checkpoint is lost in part.
                        if (copy.slice(Duration.ofMillis(attempt < 4 ? 2 : 60_000)) == CopyState.COMPLETE) {
                            result = copy.finish();
                        }
                    }
                }
                assertThat(result.digest()).isEqualTo(BlkSum.of(content));
                assertThat(Files.readAllBytes(target)).as(kind).isEqualTo(expected);
            }
        } finally {
            crashed.forEach(ByteStore::close);
        }
    }

    private static ImageWriter writer(ByteStore store, DiskImage image, String kind, @Nullable CopyCheckpoint from) {
        return ImageFormats.writable(format(kind))
                .create(store, image.virtualSize(), encoding(kind), from == null ? null : from.writer());
    }

    private static String format(String kind) {
        return kind.split(" ")[0];
    }

    private static @Nullable BlockEncoding encoding(String kind) {
        return kind.contains(" ") ? BlockEncoding.valueOf(kind.split(" ")[1]) : null;
    }
}
