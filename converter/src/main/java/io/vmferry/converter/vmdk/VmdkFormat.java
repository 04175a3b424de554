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
    /** "COWD", version 1: the delta of an ESXi snapshot on VMFS 5. */
    private static final long COWD = 0x1_44574f43L;
    /** The delta of an ESXi snapshot on VMFS 6. */
    private static final long SE_SPARSE = 0xcafebabeL;

    @Override
    public String id() {
        return DiskFacts.FORMAT;
    }

    @Override
    public boolean probe(ByteBuffer head) {
        ByteBuffer bytes = head.slice().order(ByteOrder.LITTLE_ENDIAN);
        return SparseHeader.matches(bytes) || isCowd(bytes) || isSeSparse(bytes) || DescriptorParser.matches(bytes);
    }

    @Override
    public DiskImage open(ByteSource container, Siblings siblings) {
        try {
            Container file = new Container(container);
            ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
            container.read(0, head);
            head.flip();
            if (SparseHeader.matches(head)) {
                return SparseOpener.open(file, siblings);
            }
            if (isCowd(head)) {
                throw delta(file, "COWD, the delta of a snapshot on VMFS 5");
            }
            if (isSeSparse(head)) {
                throw delta(file, "seSparse, the delta of a snapshot on VMFS 6");
            }
            if (DescriptorParser.matches(head)) {
                DiskImage disk = DescribedDisk.open(descriptor(file), file.name(), siblings);
                container.close();
                return disk;
            }
            throw VmdkError.VMDK_BAD_HEADER.at(file.name(), "header", 0, "it is neither a VMDK nor a VMDK descriptor");
        } catch (RuntimeException | Error e) {
            closeAfter(container, e);
            throw e;
        }
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

    private static Descriptor descriptor(Container file) {
        if (file.size() > SparseHeader.MAX_DESCRIPTOR) {
            throw VmdkError.VMDK_BAD_DESCRIPTOR.of(
                    file.name(), "a descriptor of " + file.size() + " bytes is longer than any real one");
        }
        return DescriptorParser.parse(file.structure(0, (int) file.size(), "descriptor"), file.name());
    }

    private static RuntimeException delta(Container file, String kind) {
        return VmdkError.VMDK_SNAPSHOT_UNSUPPORTED.of(file.name(), "it is " + kind + ", which cannot be read yet");
    }

    private static boolean isCowd(ByteBuffer head) {
        return head.remaining() >= 8 && head.getLong(head.position()) == COWD;
    }

    private static boolean isSeSparse(ByteBuffer head) {
        return head.remaining() >= 8 && head.getLong(head.position()) == SE_SPARSE;
    }

    private static void closeAfter(AutoCloseable container, Throwable failure) {
        try {
            container.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }
}
