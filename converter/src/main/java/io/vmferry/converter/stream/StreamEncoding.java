package io.vmferry.converter.stream;

import io.vmferry.converter.codec.CodecProvider;
import io.vmferry.converter.codec.Codecs;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.target.DiskSink;
import java.util.OptionalLong;

/** How the raw content of a disk is sent to a receiver that takes it front to back. */
public enum StreamEncoding {
    /** Every byte as it is, zeros included. */
    RAW,
    /**
     * gzip (RFC 1952) of many members, which any gunzip puts together again. A deflated block of the source becomes a member
     * without being compressed again.
     */
    GZIP,
    /** zstd of many frames (RFC 8878), which any unzstd puts together again. */
    ZSTD;

    /**
     * Length of the encoded body in bytes where it can be told before the content was read: raw always. How far content shrinks,
     * and which blocks turn out to be zero, shows only on the way.
     */
    public OptionalLong length(long virtualSize) {
        return this == RAW ? OptionalLong.of(virtualSize) : OptionalLong.empty();
    }

    /**
     * Starts a stream with the fastest codecs there are.
     *
     * @see #writer(DiskSink.Upload, long, CodecProvider)
     */
    public ImageWriter writer(DiskSink.Upload upload, long virtualSize) {
        return writer(upload, virtualSize, Codecs.best());
    }

    /**
     * Starts a stream.
     *
     * @param upload owned by the writer, which completes it in {@code finish} and breaks it off in {@code close} before that
     * @param virtualSize bytes of the disk
     */
    public ImageWriter writer(DiskSink.Upload upload, long virtualSize, CodecProvider codecs) {
        BlockStream blocks = switch (this) {
            case RAW -> new RawStream();
            case GZIP -> new GzipStream(codecs);
            case ZSTD -> new ZstdStream(codecs);
        };
        return new StreamWriter(blocks, upload, virtualSize);
    }
}
