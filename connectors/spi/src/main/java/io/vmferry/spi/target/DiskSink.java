package io.vmferry.spi.target;

import io.vmferry.spi.image.ByteStore;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Where the bytes of one disk go. Closing without {@link #commit} leaves the disk unfinished, never under its final name.
 */
public sealed interface DiskSink extends AutoCloseable {
    /** Declares the disk complete, under its final name, with its evidence beside it. */
    void commit(DiskEvidence evidence);

    @Override
    void close();

    /** A file or device: written anywhere, and an interrupted copy goes on where it was. */
    non-sealed interface Seekable extends DiskSink {
        ByteStore store();
    }

    /** An upload: front to back, once. After a failure it starts again. */
    non-sealed interface Streaming extends DiskSink {
        /**
         * Begins the body.
         *
         * @param length of the encoded body where it is known beforehand; a receiver can then tell a cut from an end
         */
        Upload begin(OptionalLong length);
    }

    /** One body on its way. Used by one thread. */
    interface Upload extends AutoCloseable {
        void write(ByteBuffer bytes);

        /** Ends the body properly and waits for the receiver's word. */
        void complete();

        /** Breaks the body off so that the receiver cannot take it for complete; no effect after {@link #complete}. */
        @Override
        void close();
    }
}
