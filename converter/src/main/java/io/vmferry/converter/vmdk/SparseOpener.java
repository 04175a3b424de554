package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.ImageFacts;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens sparse extents: those that begin with "KDMV", and the two kinds of ESXi's deltas. */
final class SparseOpener {
    private SparseOpener() {}

    /** A file that is a whole disk, or a whole delta whose parent is up to the caller. */
    static Layer open(Container file, DiskFiles files) {
        SparseHeader header = header(file);
        Descriptor descriptor = descriptor(file, header);
        if (header.capacity() == 0
                && descriptor != null
                && !descriptor.extents().isEmpty()) {
            // A container for nothing but the descriptor: the disk's content lies in other files.
            Layer disk = DescribedDisk.open(descriptor, file.name(), files);
            file.source().close();
            return disk;
        }
        requireWholeDisk(header, descriptor, file.name());
        long size = DiskSize.resolve(header, descriptor, file.name());
        return new Layer(file.name(), image(file, header, DiskFacts.sparse(header, descriptor, size)), descriptor);
    }

    /** A file that is the part of a disk that some other descriptor gives {@code sectors}. */
    static DiskImage openPart(Container file, long sectors) {
        SparseHeader header = header(file);
        if (header.capacity() == 0) {
            throw VmdkError.VMDK_SIZE_MISMATCH.of(
                    file.name(), "the descriptor says " + sectors + " sectors, its header none");
        }
        return image(file, header, facts(file, header, sectors));
    }

    static DiskImage openCowd(Container file, long sectors) {
        SparseHeader header = CowdHeader.read(file);
        ImageFacts facts = facts(file, header, sectors);
        return new PlainGrains(file, GrainMap.open(file, header), facts);
    }

    static DiskImage openSeSparse(Container file, long sectors) {
        SeSparseHeader header = SeSparseHeader.read(file);
        long size = DiskSize.resolve(header.capacity(), SeSparseHeader.GRAIN_SECTORS, sectors, file.name());
        ImageFacts facts = new ImageFacts(DiskFacts.FORMAT, "", size, SeSparseHeader.GRAIN_BYTES, Map.of(), List.of());
        return new PlainGrains(file, new SeSparseMap(file, header), facts);
    }

    private static ImageFacts facts(Container file, SparseHeader header, long sectors) {
        long size = DiskSize.resolve(header, sectors, file.name());
        List<String> notices = header.unclean()
                ? List.of(file.name() + " was not closed cleanly; its last writes may be missing.")
                : List.of();
        return new ImageFacts(DiskFacts.FORMAT, "", size, header.grainBytes(), Map.of(), notices);
    }

    /** Refuses what can be told from header and embedded descriptor alone, but for a parent; shared with the stream. */
    static void requireWholeDisk(SparseHeader header, @Nullable Descriptor descriptor, String file) {
        if (header.capacity() == 0) {
            throw VmdkError.VMDK_EMPTY_DISK.of(file, "its header says that it has no sectors");
        }
        if (descriptor == null) {
            return;
        }
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
