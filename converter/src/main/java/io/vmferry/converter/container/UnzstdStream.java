package io.vmferry.converter.container;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.vmferry.converter.codec.CodecError;
import io.vmferry.spi.error.ErrorCode;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file of one or more zstd frames (RFC 8878). Checksums are proven where the frames have them; the end counts only
 * when the last frame is whole, so read until there is nothing more. The library takes windows up to 128 MiB, as the tool zstd does.
 * Owns the packed stream.
 */
final class UnzstdStream implements ByteStream {
    private static final int BUFFER = 256 << 10;

    private final ByteStream packed;
    private final ZstdDecompressCtx context;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0);
    /** For targets that are not direct. */
    private @Nullable ByteBuffer staging;

    private long fetched;
    private long position;
    /** Whether a frame was begun and has not ended. */
    private boolean inFrame = true;

    private boolean ended;
    private boolean closed;

    UnzstdStream(ByteStream packed) {
        this.packed = packed;
        try {
            this.context = new ZstdDecompressCtx();
        } catch (LinkageError e) {
            packed.close();
            throw new VmferryException(
                    CodecError.CODEC_UNAVAILABLE,
                    packed.name(),
                    "the library for zstd cannot be loaded",
                    "Set -Djava.io.tmpdir to a folder on a file system that allows execution, or unpack it first.",
                    e);
        }
    }

    @Override
    public String name() {
        return packed.name();
    }

    @Override
    public int read(ByteBuffer target) {
        int start = target.position();
        while (target.hasRemaining() && !ended) {
            if (target.isDirect()) {
                unpack(target);
            } else {
                unpackInto(target);
            }
        }
        return target.position() - start;
    }

    private void unpackInto(ByteBuffer target) {
        ByteBuffer direct = staging;
        if (direct == null) {
            direct = ByteBuffer.allocateDirect(BUFFER);
            staging = direct;
        }
        unpack(direct.clear().limit(Math.min(BUFFER, target.remaining())));
        target.put(direct.flip());
    }

    private void unpack(ByteBuffer target) {
        int from = target.position();
        if (!in.hasRemaining() && !fetch() && !inFrame) {
            ended = true;
            return;
        }
        int before = in.position();
        boolean whole;
        try {
            whole = context.decompressDirectByteBufferStream(target, in);
        } catch (ZstdException e) {
            // Streaming calls give the code negated, others do not.
            if (Math.abs(e.getErrorCode()) == Zstd.errFrameParameterWindowTooLarge()) {
                throw failed(
                        ContainerError.ZSTD_WINDOW_TOO_LARGE,
                        "it was compressed with a window of more than 128 MiB",
                        "Unpack it with zstd -d --long=31 first.",
                        e);
            }
            throw failed(
                    ContainerError.ZSTD_DAMAGED,
                    "it is no zstd data (" + e.getMessage() + ")",
                    "Copy or download the file again; it is damaged.",
                    e);
        }
        boolean moved = target.position() > from || in.position() != before;
        position += target.position() - from;
        inFrame = !whole;
        if (!moved && !in.hasRemaining()) {
            throw failed(
                    ContainerError.ZSTD_TRUNCATED,
                    "the file ends inside it",
                    "Copy or download the file again; it is incomplete.",
                    null);
        }
    }

    private boolean fetch() {
        in.clear();
        int n = packed.read(in);
        in.flip();
        fetched += n;
        return n > 0;
    }

    private VmferryException failed(ErrorCode code, String reason, String remedy, @Nullable Exception cause) {
        String where = packed.name() + ", zstd data at offset " + (fetched - in.remaining()) + " (unpacked offset "
                + position + ")";
        return new VmferryException(code, where, reason, remedy, cause);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            context.close();
            packed.close();
        }
    }
}
