package io.vmferry.vmware.files.disk;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStream;
import io.vmferry.vmware.files.FilesError;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** The content of a gzip file of one or more members (RFC 1952); lengths and checksums are proven. Owns the file. */
public final class GunzipStream implements ByteStream {
    private static final int BUFFER = 64 << 10;

    private final ByteSource packed;
    private final InputStream unpacked;
    private final byte[] heap = new byte[BUFFER];
    private long position;

    /** Closes the file when it is not gzip'd. */
    public GunzipStream(ByteSource packed) {
        this.packed = packed;
        try {
            this.unpacked = GzipCompressorInputStream.builder()
                    .setInputStream(new SourceInput(packed))
                    .setBufferSize(BUFFER)
                    .setDecompressConcatenated(true)
                    .get();
        } catch (IOException e) {
            packed.close();
            throw failed(e);
        } catch (RuntimeException e) {
            packed.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return packed.name();
    }

    @Override
    public int read(ByteBuffer target) {
        int total = 0;
        try {
            while (target.hasRemaining()) {
                int n = unpacked.read(heap, 0, Math.min(heap.length, target.remaining()));
                if (n < 0) {
                    break;
                }
                target.put(heap, 0, n);
                total += n;
                position += n;
            }
            return total;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        // The stream itself holds an inflater only, which its end or its cleaner frees.
        try {
            unpacked.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private VmferryException failed(IOException e) {
        String where = packed.name() + " at unpacked offset " + position;
        if (e instanceof EOFException) {
            return new VmferryException(
                    FilesError.GZIP_TRUNCATED,
                    where,
                    "it ends in the middle of its compressed data",
                    "Copy or download the package again; this file is incomplete.",
                    e);
        }
        return new VmferryException(
                FilesError.GZIP_DAMAGED,
                where,
                "it is no gzip file or its checksum is wrong (" + e.getMessage() + ")",
                "Copy or download the package again; this file is damaged.",
                e);
    }

    /** A source read front to back. */
    private static final class SourceInput extends InputStream {
        private final ByteSource source;
        private long at;

        SourceInput(ByteSource source) {
            this.source = source;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            int n = source.read(at, ByteBuffer.wrap(target, offset, length));
            at += n;
            return n == 0 ? -1 : n;
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
