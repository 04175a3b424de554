package io.vmferry.converter.vmdk;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Siblings;
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

    private final Descriptor descriptor;
    private final String file;
    private final Siblings siblings;
    private final List<JoinedDisk.Part> parts = new ArrayList<>();
    /** Many flat extents may lie in one file. */
    private final Map<String, ByteSource> flatFiles = new HashMap<>();

    private int blockSize = 1;

    private DescribedDisk(Descriptor descriptor, String file, Siblings siblings) {
        this.descriptor = descriptor;
        this.file = file;
        this.siblings = siblings;
    }

    static DiskImage open(Descriptor descriptor, String file, Siblings siblings) {
        return new DescribedDisk(descriptor, file, siblings).open();
    }

    static void refuseParent(Descriptor descriptor, String file) {
        if (descriptor.hasParent()) {
            String parent = DescriptorParser.printable(descriptor.parentName());
            throw VmdkError.VMDK_SNAPSHOT_UNSUPPORTED.of(
                    file,
                    "it is a snapshot and holds only the changes against its parent"
                            + (parent.isEmpty() ? "" : " \"" + parent + "\""));
        }
    }

    private DiskImage open() {
        refuseParent(descriptor, file);
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
            return new JoinedDisk(DiskFacts.described(descriptor, blockSize, List.of()), parts);
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
            case "vmfssparse", "sesparse" ->
                throw unsupported("ESXi uses it for snapshots only, and they cannot be read yet");
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
        if (extent.type().equals("SPARSE")) {
            return new JoinedDisk.Part(length, sparse(siblings.open(name), extent.sectors()));
        }
        ByteSource source = flatFiles.computeIfAbsent(name, siblings::open);
        return new JoinedDisk.Part(
                length, new FlatPart(new Container(source), extent.offset() * Container.SECTOR, length));
    }

    private DiskImage sparse(ByteSource source, long sectors) {
        try {
            DiskImage image = SparseOpener.openPart(new Container(source), sectors);
            blockSize = Math.max(blockSize, image.facts().blockSize());
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
