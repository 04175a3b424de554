package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;

/** Inflates grains. Safe for many threads. */
interface GrainInflater extends AutoCloseable {
    /**
     * Inflates one whole zlib stream and checks its Adler-32.
     *
     * @param zlib the stream, all of it and nothing else; consumed
     * @param target room for the content; its position moves by the bytes produced
     * @throws DataFormatException when the stream is damaged, ends early, has bytes behind its end, or holds more than the
     *     target has room for
     */
    void inflate(ByteBuffer zlib, ByteBuffer target) throws DataFormatException;

    @Override
    void close();
}
