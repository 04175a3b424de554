package io.vmferry.converter.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.vmferry.spi.image.BlockEncoding;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** zstd by zstd-jni, which brings its own native library and unpacks it into the temporary folder. */
final class ZstdCodec extends NativeCodec {
    private final int level;
    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
    private @Nullable ZstdCompressCtx compressor;

    ZstdCodec(int level) {
        this.level = level;
    }

    @Override
    public BlockEncoding encoding() {
        return BlockEncoding.ZSTD;
    }

    @Override
    public String library() {
        return "zstd-jni";
    }

    @Override
    int decodeDirect(ByteBuffer payload, ByteBuffer content) {
        int size = payload.remaining();
        // The one-call decoder wants the exact frame, and a qcow2 cluster tells its size in sectors only.
        long frame = Zstd.findDirectByteBufferFrameCompressedSize(payload, payload.position(), size);
        if (Zstd.isError(frame) || frame > size) {
            throw Malformed.corrupt(size, "it is not a whole zstd frame");
        }
        int room = content.remaining();
        try {
            int got = decompressor.decompressDirectByteBuffer(
                    content, content.position(), room, payload, payload.position(), (int) frame);
            payload.position(payload.position() + (int) frame);
            content.position(content.position() + got);
            return got;
        } catch (ZstdException e) {
            if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
                throw Malformed.wrongSize(size, "it holds more content than " + room);
            }
            throw Malformed.corrupt(size, "the compressed data are damaged");
        }
    }

    @Override
    boolean encodeDirect(ByteBuffer content, ByteBuffer payload) {
        ZstdCompressCtx context = compressor;
        if (context == null) {
            context = new ZstdCompressCtx().setLevel(level);
            compressor = context;
        }
        try {
            int n = context.compressDirectByteBuffer(
                    payload, payload.position(), payload.remaining(), content, content.position(), content.remaining());
            content.position(content.limit());
            payload.position(payload.position() + n);
            return true;
        } catch (ZstdException e) {
            if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        decompressor.close();
        if (compressor != null) {
            compressor.close();
        }
    }
}
