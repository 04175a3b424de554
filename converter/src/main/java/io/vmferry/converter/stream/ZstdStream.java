package io.vmferry.converter.stream;

import io.vmferry.converter.codec.CodecError;
import io.vmferry.converter.codec.CodecProvider;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.BlockEncoding;
import java.nio.ByteBuffer;

/**
 * zstd, one frame a block. A ready frame is sent as it is, up to the end that its block heads tell: what it holds was checked by
 * whoever checks, as for a cluster that goes into a qcow2 image. Runs of zeros are frames made beforehand.
 */
final class ZstdStream implements BlockStream {
    private static final int BLOCK = 64 << 10;
    private static final int LONG_RUN = 64 << 20;
    private static final ByteBuffer SHORT = ZstdFrames.zeros(BLOCK);
    private static final ByteBuffer LONG = ZstdFrames.zeros(LONG_RUN);

    private final Decoders decoders;

    ZstdStream(CodecProvider codecs) {
        this.decoders = new Decoders(codecs, BlockEncoding.ZSTD);
    }

    @Override
    public BlockEncoding encoding() {
        return BlockEncoding.ZSTD;
    }

    @Override
    public void content(ByteBuffer content, Piece piece) {
        ZstdFrames.stored(content, piece.room(ZstdFrames.storedSize(content.remaining())));
    }

    @Override
    public void encoded(ByteBuffer payload, int length, long crc32, Piece piece, String subject) {
        if (length == BLOCK) {
            int size = ZstdFrames.length(payload, BLOCK);
            if (size < 0) {
                throw new VmferryException(
                        CodecError.BLOCK_CORRUPT,
                        subject,
                        "it is not a whole zstd frame of " + BLOCK + " bytes",
                        "Copy or export the disk from its source again.");
            }
            piece.room(size).put(payload.limit(payload.position() + size));
            return;
        }
        int start = payload.position();
        try (Decoders.Decoder decoder = decoders.take()) {
            ByteBuffer content = decoder.decode(payload, length, subject);
            if (content.remaining() > length) {
                // The disk ends inside this block, and a stream cannot hold more than the disk.
                content(content.limit(length), piece);
                return;
            }
            int end = payload.position();
            piece.room(end - start).put(payload.position(start).limit(end));
        }
    }

    @Override
    public void zeros(long length, Piece piece) {
        piece.repeat(LONG, length / LONG_RUN);
        piece.repeat(SHORT, length % LONG_RUN / BLOCK);
        int rest = (int) (length % BLOCK);
        if (rest > 0) {
            piece.repeat(ZstdFrames.zeros(rest), 1);
        }
    }

    @Override
    public void nothing(Piece piece) {
        ZstdFrames.stored(ByteBuffer.allocate(0), piece.room(ZstdFrames.storedSize(0)));
    }

    @Override
    public void close() {
        decoders.close();
    }
}
