package io.vmferry.converter.codec;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.vmferry.spi.image.BlockEncoding;
import java.nio.ByteBuffer;

/** Deflate and zlib by the system's libdeflate, called through JNA: more than twice as fast as the JDK. */
final class LibDeflateCodec extends NativeCodec {
    private final boolean bare;
    private final int level;
    private final Memory actual = new Memory(16);
    private final long actualAddress = Pointer.nativeValue(actual);
    private final BufferAddress payloadAddress = new BufferAddress();
    private final BufferAddress contentAddress = new BufferAddress();
    private long decompressor;
    private long compressor;

    LibDeflateCodec(BlockEncoding encoding, int level) {
        this.bare = encoding == BlockEncoding.DEFLATE;
        if (!bare && encoding != BlockEncoding.ZLIB) {
            throw new IllegalArgumentException("libdeflate has no " + encoding);
        }
        this.level = level;
        this.decompressor = allocated(LibDeflate.libdeflate_alloc_decompressor());
    }

    @Override
    public BlockEncoding encoding() {
        return bare ? BlockEncoding.DEFLATE : BlockEncoding.ZLIB;
    }

    @Override
    public String library() {
        return "libdeflate";
    }

    @Override
    int decodeDirect(ByteBuffer payload, ByteBuffer content) {
        int size = payload.remaining();
        int room = content.remaining();
        long from = payloadAddress.of(payload);
        long to = contentAddress.of(content);
        int result = bare
                ? LibDeflate.libdeflate_deflate_decompress_ex(
                        open(decompressor), from, size, to, room, actualAddress, actualAddress + 8)
                : LibDeflate.libdeflate_zlib_decompress_ex(
                        open(decompressor), from, size, to, room, actualAddress, actualAddress + 8);
        if (result == LibDeflate.INSUFFICIENT_SPACE) {
            throw Malformed.wrongSize(size, "it holds more content than " + room);
        }
        if (result != LibDeflate.SUCCESS) {
            throw Malformed.corrupt(size, "the compressed data are damaged or cut short");
        }
        int used = (int) actual.getLong(0);
        int got = (int) actual.getLong(8);
        payload.position(payload.position() + used);
        content.position(content.position() + got);
        return got;
    }

    @Override
    boolean encodeDirect(ByteBuffer content, ByteBuffer payload) {
        if (compressor == 0) {
            // Some hundred KiB; a copy that passes its blocks through never needs it.
            compressor = allocated(LibDeflate.libdeflate_alloc_compressor(level));
        }
        int size = content.remaining();
        int room = payload.remaining();
        long from = contentAddress.of(content);
        long to = payloadAddress.of(payload);
        long n = bare
                ? LibDeflate.libdeflate_deflate_compress(compressor, from, size, to, room)
                : LibDeflate.libdeflate_zlib_compress(compressor, from, size, to, room);
        if (n == 0) {
            return false;
        }
        content.position(content.limit());
        payload.position(payload.position() + (int) n);
        return true;
    }

    private static long allocated(long pointer) {
        if (pointer == 0) {
            throw new OutOfMemoryError("libdeflate");
        }
        return pointer;
    }

    private static long open(long pointer) {
        if (pointer == 0) {
            throw new IllegalStateException("closed");
        }
        return pointer;
    }

    @Override
    public void close() {
        if (decompressor != 0) {
            LibDeflate.libdeflate_free_decompressor(decompressor);
            decompressor = 0;
        }
        if (compressor != 0) {
            LibDeflate.libdeflate_free_compressor(compressor);
            compressor = 0;
        }
    }
}
