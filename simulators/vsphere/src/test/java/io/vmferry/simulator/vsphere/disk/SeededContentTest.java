package io.vmferry.simulator.vsphere.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeededContentTest {
    private static final long SIZE = 100L << 30;

    private final SeededContent disk = new SeededContent(7, SIZE, 0.3);

    @Test
    void theSameBytesComeInAnyPieces() {
        byte[] whole = read(disk, 5000, 70_000);
        assertThat(read(new SeededContent(7, SIZE, 0.3), 5000, 70_000)).isEqualTo(whole);
        for (int at = 0; at < whole.length; at += 999) {
            int length = Math.min(999, whole.length - at);
            assertThat(read(disk, 5000 + at, length)).isEqualTo(Arrays.copyOfRange(whole, at, at + length));
        }
        assertThat(read(new SeededContent(8, SIZE, 0.3), 5000, 70_000)).isNotEqualTo(whole);
    }

    @Test
    void theMapSaysWhereZerosAre() {
        long data = 0;
        long at = 0;
        while (at < SIZE / 100) {
            long end = disk.dataUntil(at);
            assertThat(end).as("data at %d", at).isGreaterThan(at);
            data += end - at;
            assertThat(read(disk, end - 4096, 4096)).isNotEqualTo(new byte[4096]);
            at = end;
            end = disk.zerosUntil(at);
            if (at < SIZE) {
                assertThat(read(disk, at, 4096)).isEqualTo(new byte[4096]);
                assertThat(read(disk, end - 4096, 4096)).isEqualTo(new byte[4096]);
            }
            at = end;
        }
        assertThat(data).isBetween((long) (at * 0.2), (long) (at * 0.4));
    }

    @Test
    void theEndIsTheEnd() {
        ByteBuffer target = ByteBuffer.allocate(100);
        assertThat(disk.read(SIZE - 10, target)).isEqualTo(10);
        assertThat(disk.read(SIZE, target)).isZero();
        assertThat(disk.zerosUntil(SIZE)).isEqualTo(SIZE);
    }

    static byte[] read(ByteSource source, long offset, int length) {
        byte[] bytes = new byte[length];
        assertThat(source.read(offset, ByteBuffer.wrap(bytes))).isEqualTo(length);
        return bytes;
    }
}
