package io.vmferry.simulator.vsphere.disk;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A virtual disk computed from a seed: the same bytes every time, no memory, any size. It is filled in pieces of 1 MiB; a
 * piece holds data or has never been written. Of data, every second 4 KiB is noise and the rest repeats, so that it compresses
 * to a bit more than half, as file systems do. The first piece always holds data.
 *
 * <p>Immutable, safe for many threads.
 */
public final class SeededContent implements ByteSource {
    /** Bytes of a piece. */
    public static final int PIECE = 1 << 20;

    private static final int GRAIN = 4096;

    private final long seed;
    private final long size;
    private final double filled;

    /** @param filled share of pieces that hold data, 0 to 1 */
    public SeededContent(long seed, long size, double filled) {
        this.seed = seed;
        this.size = size;
        this.filled = filled;
    }

    @Override
    public String name() {
        return "seeded " + seed;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        int length = (int) Math.max(0, Math.min(target.remaining(), size - offset));
        byte[] grain = new byte[GRAIN];
        for (int done = 0; done < length; ) {
            long at = offset + done;
            int skip = (int) (at % GRAIN);
            int n = Math.min(length - done, GRAIN - skip);
            if (isData(at / PIECE)) {
                fill(grain, seed, at / GRAIN);
                target.put(grain, skip, n);
            } else {
                target.put(Zeros.of(n));
            }
            done += n;
        }
        return length;
    }

    @Override
    public long zerosUntil(long offset) {
        return Math.min(size, run(offset, false));
    }

    @Override
    public long dataUntil(long offset) {
        return Math.min(size, run(offset, true));
    }

    /** Where the run of pieces of one kind ends; the offset itself when its piece is of the other kind. */
    private long run(long offset, boolean data) {
        long piece = offset / PIECE;
        if (offset >= size || isData(piece) != data) {
            return offset;
        }
        while (piece * PIECE < size && isData(piece) == data) {
            piece++;
        }
        return piece * PIECE;
    }

    private boolean isData(long piece) {
        return piece == 0 || (mix(seed * 31 + piece) >>> 11) * 0x1.0p-53 < filled;
    }

    /** The content of 4 KiB of a disk; number counts them from the start of the disk. */
    static void fill(byte[] grain, long seed, long number) {
        ByteBuffer bytes = ByteBuffer.wrap(grain).order(ByteOrder.LITTLE_ENDIAN);
        long value = mix(seed ^ mix(number)) | 1;
        boolean noise = number % 2 == 0;
        for (int i = 0; i < GRAIN; i += 8) {
            bytes.putLong(i, noise ? mix(value + i) : value);
        }
    }

    /** The finaliser of SplitMix64: every bit of the result depends on every bit of the input. */
    static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    @Override
    public void close() {}
}
