package io.vmferry.converter.vmdk;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.ImageFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Opens the disk that a descriptor describes, extent by extent. */
final class DescribedDisk {
    private static final Set<String> FLAT_TYPES = Set.of("FLAT", "VMFS", "ZERO");
    private static final Set<String> SPARSE_TYPES = Set.of("SPARSE", "ZERO");
    private static final Set<String> COWD_TYPES = Set.of("VMFSSPARSE", "ZERO");
    private static final Set<String> SE_SPARSE_TYPES = Set.of("SESPARSE", "ZERO");

    private final Descriptor descriptor;
    private final String file;
    private final DiskFiles files;
    private final List<JoinedDisk.Part> parts = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    /** Many flat extents may lie in one file. */
    private final Map<String, ByteSource> flatFiles = new HashMap<>();

    private int blockSize = 1;

    private DescribedDisk(Descriptor descriptor, String file, DiskFiles files) {
        this.descriptor = descriptor;
        this.file = file;
        this.files = files;
    }

    /** What the disk's own extents hold; a parent is up to the caller. */
    static Layer open(Descriptor descriptor, String file, DiskFiles files) {
        return new Layer(file, new DescribedDisk(descriptor, file, files).open(), descriptor);
    }

    private DiskImage open() {
        Set<String> allowed = allowedTypes();
        if (descriptor.extents().isEmpty()) {
            throw VmdkError.VMDK_EMPTY_DISK.of(file, "its descriptor has no extents");
        }
        for (ExtentLine extent : descriptor.extents()) {
            require(extent, allowed);
        }
        try {
            for (ExtentLine extent : descriptor.extents()) {
                parts.add(part(extent));
            }
            return new JoinedDisk(DiskFacts.described(descriptor, blockSize, notices), parts);
        } catch (RuntimeException | Error e) {
            closeAll(e);
            throw e;
        }
    }

    /** The extent types that belong to the createType. What is refused says why. */
    private Set<String> allowedTypes() {
        return switch (descriptor.createType().toLowerCase(Locale.ROOT)) {
            case "monolithicflat",
                    "twogbmaxextentflat",
                    "2gbmaxextentflat",
                    "vmfs",
                    "vmfsthin",
                    "vmfspreallocated",
                    "vmfseagerzeroedthick" -> FLAT_TYPES;
            case "monolithicsparse", "streamoptimized", "twogbmaxextentsparse", "2gbmaxextentsparse" -> SPARSE_TYPES;
            case "vmfssparse" -> delta(COWD_TYPES);
            case "sesparse" -> delta(SE_SPARSE_TYPES);
            case "vmfsraw", "vmfsrdm", "vmfsrawdevicemap" ->
                throw unsupported("it maps a raw LUN, whose content is not in any file");
            case "vmfsrdmp", "vmfspassthroughrawdevicemap" ->
                throw unsupported("it passes a raw LUN through, whose content is not in any file");
            case "fulldevice", "partitioneddevice" ->
                throw unsupported("its content is on a physical disk of the host, not in a file");
            case "" -> throw VmdkError.VMDK_BAD_DESCRIPTOR.of(file, "its descriptor has no createType");
            default -> throw unsupported("it is not known");
        };
    }

    /** Without the word on its parent, a delta must not pass for a disk full of holes. */
    private Set<String> delta(Set<String> types) {
        if (descriptor.parentCid().isEmpty()) {
            throw VmdkError.VMDK_BAD_DESCRIPTOR.of(file, "its descriptor does not say whether it has a parent");
        }
        return types;
    }

    private VmferryException unsupported(String why) {
        return VmdkError.VMDK_UNSUPPORTED_TYPE.of(
                file,
                "a disk of createType \"" + DescriptorParser.printable(descriptor.createType()) + "\" cannot be read: "
                        + why);
    }

    private void require(ExtentLine extent, Set<String> allowed) {
        String where = file + ", descriptor line " + extent.line();
        if (!allowed.contains(extent.type())) {
            throw VmdkError.VMDK_UNSUPPORTED_TYPE.of(
                    where,
                    "an extent of type " + DescriptorParser.printable(extent.type()) + " cannot be read in a "
                            + DescriptorParser.printable(descriptor.createType()) + " disk");
        }
        if (extent.access().equals("NOACCESS")) {
            throw VmdkError.VMDK_UNSUPPORTED_TYPE.of(where, "the extent is marked as not accessible");
        }
        if (!extent.type().equals("FLAT") && extent.offset() != 0) {
            throw VmdkError.VMDK_BAD_DESCRIPTOR.of(where, "only a FLAT extent can begin inside its file");
        }
    }

    private JoinedDisk.Part part(ExtentLine extent) {
        long length = extent.sectors() * Container.SECTOR;
        if (extent.type().equals("ZERO")) {
            return new JoinedDisk.Part(length, null);
        }
        String name = Objects.requireNonNull(extent.file());
        if (FLAT_TYPES.contains(extent.type())) {
            ByteSource source = flatFiles.computeIfAbsent(name, files::flat);
            return new JoinedDisk.Part(
                    length, new FlatPart(new Container(source), extent.offset() * Container.SECTOR, length));
        }
        return new JoinedDisk.Part(length, sparse(files.sparse(name), extent));
    }

    private DiskImage sparse(ByteSource source, ExtentLine extent) {
        try {
            Container container = new Container(source);
            DiskImage image = switch (extent.type()) {
                case "VMFSSPARSE" -> SparseOpener.openCowd(container, extent.sectors());
                case "SESPARSE" -> SparseOpener.openSeSparse(container, extent.sectors());
                default -> SparseOpener.openPart(container, extent.sectors());
            };
            ImageFacts facts = image.facts();
            blockSize = Math.max(blockSize, facts.blockSize());
            notices.addAll(facts.notices());
            return image;
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    private void closeAll(Throwable failure) {
        try {
            flatFiles.values().forEach(ByteSource::close);
            for (JoinedDisk.Part part : parts) {
                DiskImage image = part.image();
                if (image != null) {
                    image.close();
                }
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
