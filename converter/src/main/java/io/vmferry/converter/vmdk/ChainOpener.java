package io.vmferry.converter.vmdk;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.ImageFormat;
import io.vmferry.spi.image.Siblings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Opens a disk and, where it is a snapshot, the disks that it is a snapshot of. */
final class ChainOpener {
    /** As many snapshots as VMware allows in a row. */
    static final int MAX_PARENTS = 32;

    private final List<Layer> layers = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    private ChainOpener() {}

    /** Owns the container from the call on, also when it throws. */
    static DiskImage open(ByteSource container, Siblings siblings) {
        ChainOpener opener = new ChainOpener();
        try {
            return opener.chain(container, DiskFiles.of(container, siblings));
        } catch (RuntimeException | Error e) {
            opener.closeAll(e);
            throw e;
        }
    }

    private DiskImage chain(ByteSource container, DiskFiles files) {
        Layer layer = add(container, files);
        DiskFiles around = files;
        while (layer.descriptor() != null && layer.hasParent()) {
            if (layers.size() > MAX_PARENTS) {
                throw VmdkError.VMDK_CHAIN_TOO_LONG.of(
                        layers.get(0).file(), "it has more than " + MAX_PARENTS + " parents, one behind the other");
            }
            Descriptor child = layer.descriptor();
            String name = parentName(child, layer.file());
            Layer parent = add(parent(name, layer.file(), around), around.besides(name));
            if (!ContentId.require(child, layer.file(), parent.descriptor(), parent.file())) {
                notices.add("Nothing but the content id fffffffe, which many disks have, tells that "
                        + parent.shortName() + " is the parent of " + layer.shortName() + ".");
            }
            around = around.besides(name);
            layer = parent;
        }
        return layers.size() == 1 ? layer.image() : LayeredDisk.of(layers, notices);
    }

    private Layer add(ByteSource container, DiskFiles files) {
        try {
            Layer layer = layer(new Container(container), files);
            layers.add(layer);
            return layer;
        } catch (RuntimeException | Error e) {
            closeAfter(container, e);
            throw e;
        }
    }

    private static Layer layer(Container file, DiskFiles files) {
        ByteBuffer head = ByteBuffer.allocate(ImageFormat.HEAD).order(ByteOrder.LITTLE_ENDIAN);
        file.source().read(0, head);
        head.flip();
        if (SparseHeader.matches(head)) {
            return SparseOpener.open(file, files);
        }
        if (CowdHeader.matches(head)) {
            throw VmdkError.VMDK_DELTA_ALONE.of(file.name(), "it is COWD, the delta of a snapshot on VMFS 5");
        }
        if (SeSparseHeader.matches(head)) {
            throw VmdkError.VMDK_DELTA_ALONE.of(file.name(), "it is seSparse, the delta of a snapshot on VMFS 6");
        }
        if (DescriptorParser.matches(head)) {
            Layer disk = DescribedDisk.open(descriptor(file), file.name(), files);
            file.source().close();
            return disk;
        }
        throw VmdkError.VMDK_BAD_HEADER.at(file.name(), "header", 0, "it is neither a VMDK nor a VMDK descriptor");
    }

    private static Descriptor descriptor(Container file) {
        if (file.size() > SparseHeader.MAX_DESCRIPTOR) {
            throw VmdkError.VMDK_BAD_DESCRIPTOR.of(
                    file.name(), "a descriptor of " + file.size() + " bytes is longer than any real one");
        }
        return DescriptorParser.parse(file.structure(0, (int) file.size(), "descriptor"), file.name());
    }

    /** Relative to the child. Of a path on the VM's host only the last part can mean something here. */
    private static String parentName(Descriptor child, String file) {
        String hint = child.parentName();
        if (hint.isEmpty()) {
            throw VmdkError.VMDK_PARENT_NOT_FOUND.of(file, "it is a snapshot, but does not name its parent");
        }
        boolean absolute = hint.startsWith("/") || hint.startsWith("\\") || hint.indexOf(':') == 1;
        return absolute ? hint.substring(Math.max(hint.lastIndexOf('/'), hint.lastIndexOf('\\')) + 1) : hint;
    }

    private static ByteSource parent(String name, String child, DiskFiles files) {
        try {
            return files.sparse(name);
        } catch (VmferryException e) {
            if (e.code() != CommonError.FILE_NOT_FOUND) {
                throw e;
            }
            throw VmdkError.VMDK_PARENT_NOT_FOUND.of(
                    child,
                    "it holds only the changes against its parent, and there is no \""
                            + DescriptorParser.printable(name) + "\" beside it");
        }
    }

    private void closeAll(Throwable failure) {
        for (Layer layer : layers) {
            closeAfter(layer.image(), failure);
        }
    }

    private static void closeAfter(AutoCloseable opened, Throwable failure) {
        try {
            opened.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }
}
