package io.vmferry.converter.qcow2;

import io.vmferry.converter.codec.Codec;
import io.vmferry.spi.error.VmferryException;
import java.nio.ByteBuffer;

/** What one thread needs to read compressed clusters: a codec and two buffers. */
final class ClusterDecoder implements AutoCloseable {
    private final Codec codec;
    private final ByteBuffer payload;
    private final ByteBuffer content;

    ClusterDecoder(Codec codec, int clusterSize) {
        this.codec = codec;
        // The sector count of an entry reaches up to twice the cluster.
        this.payload = ByteBuffer.allocateDirect(2 * clusterSize);
        this.content = ByteBuffer.allocateDirect(clusterSize);
    }

    /** An empty buffer for {@code size} bytes of payload. */
    ByteBuffer payload(int size) {
        return payload.clear().limit(size);
    }

    /** Decodes the payload that was filled in. The result is good until the next call. */
    ByteBuffer decode(String subject) {
        payload.flip();
        content.clear();
        try {
            codec.decode(payload, content);
        } catch (VmferryException e) {
            throw new VmferryException(e.code(), subject, e.reason(), e.remedy(), e);
        }
        return content.flip();
    }

    @Override
    public void close() {
        codec.close();
    }
}
