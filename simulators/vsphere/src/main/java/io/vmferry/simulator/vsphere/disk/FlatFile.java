package io.vmferry.simulator.vsphere.disk;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.util.List;

/** {@code X-flat.vmdk}: the bytes of the disk one after the other, whatever they hold. */
record FlatFile(Layer layer, long size) implements ByteSource {
    @Override
    public String name() {
        return "flat";
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        return new ChainView(List.of(layer), size).read(offset, target);
    }

    @Override
    public void close() {}
}
