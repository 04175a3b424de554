package io.vmferry.simulator.vsphere.disk;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;

/** {@code X-flat.vmdk}: the bytes of the disk one after the other. */
record FlatFile(Layer layer, long size) implements ByteSource {
    @Override
    public String name() {
        return "flat";
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        int length = (int) Math.max(0, Math.min(target.remaining(), size - offset));
        for (int done = 0; done < length; ) {
            long at = offset + done;
            int skip = (int) (at % Grain.SIZE);
            int n = Math.min(length - done, Grain.SIZE - skip);
            layer.put(at / Grain.SIZE, skip, n, target);
            done += n;
        }
        return length;
    }

    @Override
    public void close() {}
}
