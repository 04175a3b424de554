package io.vmferry.converter.container;

import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.ReplayedStream;
import io.vmferry.converter.raw.RawFormat;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStream;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A disk image that passes by once, unpacked on the way where it is packed: from a file, or from a pipe. Owns the stream. */
public final class PackedImage implements AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final ReplayedStream content;

    private PackedImage(ReplayedStream content) {
        this.content = content;
    }

    /** Opens what comes through a pipe: an image, or one compressed with gzip or zstd. */
    public static PackedImage ofPipe(ByteStream pipe) {
        ReplayedStream head;
        try {
            head = new ReplayedStream(pipe);
        } catch (RuntimeException e) {
            pipe.close();
            throw e;
        }
        return open(head, Wrapping.of(head.head()));
    }

    static PackedImage open(ByteStream packed, Wrapping wrapping) {
        ByteStream unpacked = wrapping.packs() ? wrapping.unpack(packed) : packed;
        try {
            ReplayedStream content = new ReplayedStream(unpacked);
            Wrapping inner = wrapping == Wrapping.TAR ? Wrapping.TAR : Wrapping.of(content.head());
            OtherPacking.refuse(content.head(), content.name());
            if (inner != Wrapping.NONE) {
                throw Refusals.nested(unpacked.name());
            }
            return new PackedImage(content);
        } catch (RuntimeException e) {
            unpacked.close();
            throw e;
        }
    }

    boolean isRaw() {
        return ImageFormats.detect(content.head()).id().equals(RawFormat.ID);
    }

    /** Reads all that is left, to its proven end. */
    long countRest() {
        ByteBuffer scratch = ByteBuffer.allocateDirect(BUFFER);
        long length = 0;
        for (int n = content.read(scratch); n > 0; n = content.read(scratch.clear())) {
            length += n;
        }
        return length;
    }

    /** The image front to back; owns the stream from now on. */
    public DiskStream stream() {
        return ImageFormats.openStream(content);
    }

    DiskStream raw(long length) {
        return RawFormat.passing(content, length);
    }

    ByteSource spool(Path folder) {
        return Spool.unpack(content, folder);
    }

    /** Writes the image into a file without a name in that folder and opens it for random access. */
    public DiskImage spooled(Path folder) {
        return ImageFormats.open(spool(folder), Refusals.NO_SIBLINGS);
    }

    @Override
    public void close() {
        content.close();
    }
}
