package io.vmferry.converter.stream;

import io.vmferry.converter.codec.Codec;
import io.vmferry.converter.codec.CodecError;
import io.vmferry.converter.codec.CodecProvider;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.BlockEncoding;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Codecs with a buffer for one block, lent to one thread at a time and used again. */
final class Decoders implements AutoCloseable {
    private static final int BLOCK = 64 << 10;

    private final CodecProvider provider;
    private final BlockEncoding encoding;
    private final ConcurrentLinkedQueue<Decoder> idle = new ConcurrentLinkedQueue<>();

    Decoders(CodecProvider provider, BlockEncoding encoding) {
        this.provider = provider;
        this.encoding = encoding;
    }

    /** One of them. Closing it gives it back. */
    Decoder take() {
        Decoder decoder = idle.poll();
        return decoder == null ? new Decoder(provider.open(encoding)) : decoder;
    }

    @Override
    public void close() {
        for (Decoder d = idle.poll(); d != null; d = idle.poll()) {
            d.codec.close();
        }
    }

    final class Decoder implements AutoCloseable {
        private final Codec codec;
        private final ByteBuffer content = ByteBuffer.allocateDirect(BLOCK);

        private Decoder(Codec codec) {
            this.codec = codec;
        }

        /**
         * Decodes a block.
         *
         * @param payload afterwards positioned behind the compressed data
         * @param least bytes of content that it must hold
         * @return all it holds, good until this is given back
         */
        ByteBuffer decode(ByteBuffer payload, int least, String subject) {
            content.clear();
            try {
                int got = codec.decodeUpTo(payload, content);
                if (got < least) {
                    throw new VmferryException(
                            CodecError.BLOCK_WRONG_SIZE,
                            subject,
                            "it holds " + got + " bytes of content instead of " + least,
                            "Copy or export the disk from its source again.");
                }
                return content.flip();
            } catch (VmferryException e) {
                throw new VmferryException(e.code(), subject, e.reason(), e.remedy(), e);
            }
        }

        @Override
        public void close() {
            idle.add(this);
        }
    }
}
