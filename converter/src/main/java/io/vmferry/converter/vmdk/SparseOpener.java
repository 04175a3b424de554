package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.ImageFacts;
import io.vmferry.spi.image.Siblings;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens extents that begin with a "KDMV" header. */
final class SparseOpener {
    private SparseOpener() {}

    /** A file that is a whole disk. */
    static DiskImage open(Container file, Siblings siblings) {
        SparseHeader header = header(file);
        Descriptor descriptor = descriptor(file, header);
        if (header.capacity() == 0
                && descriptor != null
                && !descriptor.extents().isEmpty()) {
            // A container for nothing but the descriptor: the disk's content lies in other files.
            DiskImage disk = DescribedDisk.open(descriptor, file.name(), siblings);
            file.source().close();
            return disk;
        }
        requireWholeDisk(header, descriptor, file.name());
        long size = DiskSize.resolve(header, descriptor, file.name());
        return image(file, header, DiskFacts.sparse(header, descriptor, size));
    }

    /** A file that is the part of a disk that some other descriptor gives {@code sectors}. */
    static DiskImage openPart(Container file, long sectors) {
        SparseHeader header = header(file);
        if (header.capacity() == 0) {
            throw VmdkError.VMDK_SIZE_MISMATCH.of(
                    file.name(), "the descriptor says " + sectors + " sectors, its header none");
        }
        long size = DiskSize.resolve(header, sectors, file.name());
        ImageFacts facts = new ImageFacts(DiskFacts.FORMAT, "", size, header.grainBytes(), Map.of(), List.of());
        return image(file, header, facts);
    }

    /** Refuses what can be told from header and embedded descriptor alone; shared with the stream. */
    static void requireWholeDisk(SparseHeader header, @Nullable Descriptor descriptor, String file) {
        if (header.capacity() == 0) {
            throw VmdkError.VMDK_EMPTY_DISK.of(file, "its header says that it has no sectors");
        }
        if (descriptor == null) {
            return;
        }
        DescribedDisk.refuseParent(descriptor, file);
        if (descriptor.extents().size() > 1) {
            throw VmdkError.VMDK_UNSUPPORTED_TYPE.of(
                    file, "its descriptor names " + descriptor.extents().size() + " extents beside this one file");
        }
    }

    private static SparseHeader header(Container file) {
        return SparseHeader.parse(file.structure(0, SparseHeader.SIZE, "header"), file.name(), "header", 0);
    }

    private static @Nullable Descriptor descriptor(Container file, SparseHeader header) {
        if (!header.hasDescriptor()) {
            return null;
        }
        ByteBuffer text = file.structure(
                header.descriptorOffset() * Container.SECTOR,
                (int) (header.descriptorSectors() * Container.SECTOR),
                "descriptor");
        return isBlank(text) ? null : DescriptorParser.parse(text, file.name());
    }

    /** Split disks leave the room empty. */
    static boolean isBlank(ByteBuffer text) {
        return Zeros.only(text);
    }

    private static DiskImage image(Container file, SparseHeader header, ImageFacts facts) {
        SparseHeader tables = header.directory() == SparseHeader.AT_END ? Footer.read(file, header) : header;
        if (!file.contains(header.overhead() * Container.SECTOR, 0)) {
            throw VmdkError.VMDK_TRUNCATED.at(
                    file.name(),
                    "grains",
                    header.overhead() * Container.SECTOR,
                    "the file ends before them, at " + file.size());
        }
        GrainMap map = GrainMap.open(file, tables);
        return header.compressed() ? new CompressedGrains(file, map, facts) : new PlainGrains(file, map, facts);
    }
}
