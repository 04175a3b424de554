package io.vmferry.converter.vmdk;

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
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** VMDK in the variants listed in {@code docs/formats/vmdk.md}. */
public final class VmdkFormat implements ImageFormat, WritableFormat {
    @Override
    public String id() {
        return DiskFacts.FORMAT;
    }

    @Override
    public boolean probe(ByteBuffer head) {
        ByteBuffer bytes = head.slice().order(ByteOrder.LITTLE_ENDIAN);
        return SparseHeader.matches(bytes)
                || CowdHeader.matches(bytes)
                || SeSparseHeader.matches(bytes)
                || DescriptorParser.matches(bytes);
    }

    @Override
    public DiskImage open(ByteSource container, Siblings siblings) {
        return ChainOpener.open(container, siblings);
    }

    /** Streams the streamOptimized variant; null for the others, whose content lies in any order or in other files. */
    @Override
    public @Nullable DiskStream openStream(ByteStream container) {
        try {
            DiskStream stream = GrainStream.open(container);
            if (stream == null) {
                container.close();
            }
            return stream;
        } catch (RuntimeException | Error e) {
            closeAfter(container, e);
            throw e;
        }
    }

    /**
     * Starts a streamOptimized image in ESXi's layout.
     *
     * @param virtualSize from 1 on; rounded up to whole sectors of 512 bytes, the added bytes read as zeros
     * @param encoding {@code ZLIB}; null stores the content uncompressed inside of its zlib streams
     */
    @Override
    public ImageWriter create(
            ByteStore store, long virtualSize, @Nullable BlockEncoding encoding, @Nullable Checkpoint from) {
        if (encoding != null && encoding != BlockEncoding.ZLIB) {
            throw new IllegalArgumentException("a VMDK grain holds zlib, not " + encoding);
        }
        return VmdkWriter.open(store, virtualSize, encoding, from);
    }

    private static void closeAfter(AutoCloseable container, Throwable failure) {
        try {
            container.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }
}
