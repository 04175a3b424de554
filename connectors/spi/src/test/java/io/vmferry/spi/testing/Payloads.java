package io.vmferry.spi.testing;

import io.vmferry.spi.image.BlockEncoding;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decodes the payloads of encoded extents with what the JDK has. */
final class Payloads {
    private Payloads() {}

    /** Bytes behind the end of the stream are allowed: some formats only know the sectors it lies in. */
    static byte[] inflate(BlockEncoding encoding, byte[] payload, int length) throws DataFormatException {
        if (encoding == BlockEncoding.ZSTD) {
            throw new UnsupportedOperationException("the test of this format must override decode()");
        }
        Inflater inflater = new Inflater(encoding == BlockEncoding.DEFLATE);
        try {
            inflater.setInput(payload);
            byte[] content = new byte[length];
            int got = 0;
            while (got < length && !inflater.finished()) {
                int n = inflater.inflate(content, got, length - got);
                if (n == 0) {
                    throw new DataFormatException("it ends after " + got + " of " + length + " bytes");
                }
                got += n;
            }
            if (inflater.inflate(new byte[1]) != 0 || !inflater.finished()) {
                throw new DataFormatException("it holds more than " + length + " bytes");
            }
            return content;
        } finally {
            inflater.end();
        }
    }
}
