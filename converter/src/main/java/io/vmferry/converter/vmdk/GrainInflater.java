package io.vmferry.converter.vmdk;

import io.vmferry.converter.codec.Codec;
import io.vmferry.converter.codec.CodecError;
import io.vmferry.converter.codec.Codecs;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.BlockEncoding;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Turns a grain's payload into content, or into an error that says which grain is lost. Keeps as many codecs as threads used
 * it at the same time, and none before the first grain is inflated. Safe for many threads.
 */
final class GrainInflater implements AutoCloseable {
    private final ConcurrentLinkedQueue<Codec> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /**
     * Inflates one grain and checks its Adler-32.
     *
     * @param payload the zlib stream, all of it and nothing else; consumed
     * @param target room for a whole grain and no more, from its position on
     * @param needed content bytes that must come out; less than a grain only for the last grain of the disk
     * @param offset of the payload, for messages
     */
    void inflate(ByteBuffer payload, ByteBuffer target, int needed, String file, long grain, long offset) {
        Codec codec = idle.poll();
        if (codec == null) {
            codec = Codecs.best().open(BlockEncoding.ZLIB);
        }
        int produced;
        try {
            produced = codec.decodeUpTo(payload, target);
        } catch (VmferryException e) {
            if (!(e.code() instanceof CodecError)) {
                throw e;
            }
            throw VmdkError.VMDK_GRAIN_DAMAGED.at(file, "grain " + grain, offset, e.reason(), e);
        } finally {
            idle.add(codec);
            if (closed) {
                close();
            }
        }
        if (produced < needed) {
            throw VmdkError.VMDK_GRAIN_DAMAGED.at(
                    file, "grain " + grain, offset, "it inflates to " + produced + " bytes instead of " + needed);
        }
        // Whoever takes the payload over finds the checksum by counting from its end.
        if (payload.hasRemaining()) {
            throw VmdkError.VMDK_GRAIN_DAMAGED.at(
                    file,
                    "grain " + grain,
                    offset,
                    payload.remaining() + " bytes follow the end of its compressed data");
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Codec codec = idle.poll(); codec != null; codec = idle.poll()) {
            codec.close();
        }
    }
}
