package io.vmferry.simulator.vsphere.disk;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The virtual disk through one of its layers and those below. Holds the layers themselves: snapshots that come and go meanwhile
 * do not change what is seen.
 *
 * @param layers the base first
 */
record ChainView(List<Layer> layers, long size) implements ByteSource {
    @Override
    public String name() {
        return "disk";
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        int length = (int) Math.max(0, Math.min(target.remaining(), size - offset));
        for (int done = 0; done < length; ) {
            done += piece(offset + done, length - done, target);
        }
        return length;
    }

    private int piece(long at, int most, ByteBuffer target) {
        long number = at / Grain.SIZE;
        int skip = (int) (at % Grain.SIZE);
        @Nullable Grain written = written(number);
        if (written != null) {
            int n = Math.min(most, Grain.SIZE - skip);
            written.put(skip, n, target);
            return n;
        }
        int n = (int) Math.min(most, bytesUntil(nextWritten(number), at));
        layers.get(0).putBase(at, n, target);
        return n;
    }

    /** What the topmost layer that holds a grain has; null when only the base does. */
    private @Nullable Grain written(long number) {
        for (int i = layers.size() - 1; i >= 0; i--) {
            Grain grain = layers.get(i).grain(number);
            if (grain != null) {
                return grain;
            }
        }
        return null;
    }

    private long nextWritten(long number) {
        long next = Long.MAX_VALUE;
        for (Layer layer : layers) {
            next = Math.min(next, layer.nextWritten(number));
        }
        return next;
    }

    static long bytesUntil(long grain, long from) {
        return grain > Long.MAX_VALUE / Grain.SIZE ? Long.MAX_VALUE : grain * Grain.SIZE - from;
    }

    @Override
    public long zerosUntil(long offset) {
        return offset >= size ? offset : run(offset, false);
    }

    @Override
    public long dataUntil(long offset) {
        return offset >= size ? size : run(offset, true);
    }

    /** Where the run of data, or of what is not allocated, ends; the offset itself when it lies in none of that kind. */
    private long run(long offset, boolean data) {
        ByteSource base = Objects.requireNonNull(layers.get(0).base());
        long at = offset;
        while (at < size) {
            long number = at / Grain.SIZE;
            @Nullable Grain written = written(number);
            if (written != null) {
                if ((written != Grain.ZERO) != data) {
                    return at;
                }
                at = (number + 1) * Grain.SIZE;
                continue;
            }
            long zeros = base.zerosUntil(at);
            long end = data ? zeros > at ? at : base.dataUntil(at) : zeros;
            if (end <= at) {
                return at;
            }
            at += Math.min(end - at, bytesUntil(nextWritten(number), at));
        }
        return Math.min(size, at);
    }

    @Override
    public void close() {}
}
