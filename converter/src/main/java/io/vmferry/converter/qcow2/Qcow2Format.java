package io.vmferry.converter.qcow2;

import io.vmferry.converter.codec.CodecProvider;
import io.vmferry.converter.codec.Codecs;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.ByteStream;
import io.vmferry.spi.image.Checkpoint;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.ImageFormat;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.image.Siblings;
import io.vmferry.spi.image.WritableFormat;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** QEMU's qcow2: versions 2 and 3 are read, version 3 is written. */
public final class Qcow2Format implements ImageFormat, WritableFormat {
    public static final String ID = "qcow2";

    /** The key of a detail: the chain of backing files. */
    static final String BACKING = "backing file";

    private final CodecProvider codecs;
    private final BackingOpener opener;

    /** Reads and writes without backing files in other formats. */
    public Qcow2Format() {
        this(Codecs.best(), Qcow2Format::refuse);
    }

    /** @param opener for backing files that are not qcow2 */
    public Qcow2Format(CodecProvider codecs, BackingOpener opener) {
        this.codecs = codecs;
        this.opener = opener;
    }

    private static DiskImage refuse(String format, ByteSource container, Siblings siblings) {
        container.close();
        throw new VmferryException(
                Qcow2Error.QCOW2_BACKING_INVALID,
                container.name(),
                "it is a backing file in format " + format + ", and only qcow2 is read here",
                "Make it one image with qemu-img convert first.");
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean probe(ByteBuffer head) {
        // The old qcow has the same magic and version 1.
        int at = head.position();
        return head.remaining() >= 8 && beInt(head, at) == Qcow2Header.MAGIC && beInt(head, at + 4) != 1;
    }

    @Override
    public DiskImage open(ByteSource container, Siblings siblings) {
        return new BackingChain(codecs, opener).open(container, siblings);
    }

    /** Null: the tables of a qcow2 image lie anywhere. */
    @Override
    public @Nullable DiskStream openStream(ByteStream container) {
        return null;
    }

    /**
     * Starts an image of version 3 with 64 KiB clusters.
     *
     * @param virtualSize rounded up to whole sectors of 512 bytes, as the format wants it; the added bytes read as zeros
     * @param encoding {@code DEFLATE}, {@code ZSTD} or null
     */
    @Override
    public ImageWriter create(
            ByteStore store, long virtualSize, @Nullable BlockEncoding encoding, @Nullable Checkpoint from) {
        if (encoding == BlockEncoding.ZLIB) {
            throw new IllegalArgumentException("a qcow2 cluster holds bare deflate, not ZLIB");
        }
        return Qcow2Writer.open(store, virtualSize, encoding, from);
    }

    private static int beInt(ByteBuffer bytes, int at) {
        return (bytes.get(at) & 0xff) << 24
                | (bytes.get(at + 1) & 0xff) << 16
                | (bytes.get(at + 2) & 0xff) << 8
                | (bytes.get(at + 3) & 0xff);
    }
}
