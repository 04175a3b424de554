package io.vmferry.simulator.vsphere.disk;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;

/** The virtual disk through one of its layers. */
record ChainView(DiskChain chain, int layer) implements ByteSource {
    @Override
    public String name() {
        return "disk";
    }

    @Override
    public long size() {
        return chain.size();
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        int length = (int) Math.max(0, Math.min(target.remaining(), size() - offset));
        int limit = target.limit();
        target.limit(target.position() + length);
        chain.read(layer, offset, target);
        target.limit(limit);
        return length;
    }

    @Override
    public long zerosUntil(long offset) {
        return offset >= size() ? offset : chain.run(layer, offset, false);
    }

    @Override
    public long dataUntil(long offset) {
        return offset >= size() ? size() : chain.run(layer, offset, true);
    }

    @Override
    public void close() {}
}
