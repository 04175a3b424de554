package io.vmferry.vmware.files.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.vmware.files.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkedSourceTest {
    @TempDir
    Path folder;

    @Test
    void readsLikeOneFileWhereverItIsCut() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            byte[] all = Fixtures.noise(1 + random.nextInt(5_000), seed);
            List<ByteSource> chunks = new ArrayList<>();
            for (int at = 0; at < all.length; ) {
                int end = Math.min(all.length, at + random.nextInt(900)); // Empty chunks, too.
                Path file = folder.resolve(seed + "." + chunks.size());
                Files.write(file, Arrays.copyOfRange(all, at, end));
                chunks.add(FileSource.open(file));
                at = end;
            }
            try (ChunkedSource source = new ChunkedSource("disk", chunks)) {
                assertThat(source.size()).isEqualTo(all.length);
                for (int i = 0; i < 50; i++) {
                    int offset = random.nextInt(all.length + 10);
                    ByteBuffer target = ByteBuffer.allocate(random.nextInt(2_000));
                    int expected = Math.max(0, Math.min(target.remaining(), all.length - offset));
                    assertThat(source.read(offset, target))
                            .as("seed %d offset %d", seed, offset)
                            .isEqualTo(expected);
                    assertThat(target.limit()).isEqualTo(target.capacity());
                    assertThat(Arrays.copyOf(target.array(), expected))
                            .isEqualTo(Arrays.copyOfRange(
                                    all, Math.min(offset, all.length), Math.min(offset, all.length) + expected));
                }
            }
        }
    }
}
