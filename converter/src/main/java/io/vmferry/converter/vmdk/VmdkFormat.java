package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStream;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.ImageFormat;
import io.vmferry.spi.image.Siblings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** VMDK in the variants listed in {@code docs/formats/vmdk.md}. */
public final class VmdkFormat implements ImageFormat {
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

    private static void closeAfter(AutoCloseable container, Throwable failure) {
        try {
            container.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }
}
