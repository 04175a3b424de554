package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file of a virtual disk's chain and, behind it, the one it is a delta of.
 *
 * @param type vim25's name: {@code VirtualDiskFlatVer2BackingInfo}; newer servers have ones that are not known here
 * @param fileName {@code [datastore] folder/file.vmdk}, the descriptor; null where no file stands behind
 * @param uuid stays the same along the chain; null unknown
 * @param changeId the mark for changed blocks; null when they are not tracked
 * @param delta format of the delta: {@code seSparseFormat}, {@code redoLogFormat}; null for a base
 */
public record DiskBacking(
        String type,
        @Nullable String fileName,
        @Nullable Moref datastore,
        @Nullable String uuid,
        @Nullable String changeId,
        @Nullable String delta,
        XmlNode node,
        @Nullable DiskBacking parent) {
    private static final int LONGEST_CHAIN = 128;

    static DiskBacking of(XmlNode node) {
        return of(node, 0);
    }

    private static DiskBacking of(XmlNode node, int depth) {
        XmlNode parent = node.at("parent");
        return new DiskBacking(
                node.type(),
                node.text("fileName"),
                node.ref("datastore"),
                node.text("uuid"),
                node.text("changeId"),
                node.text("deltaDiskFormat"),
                node,
                parent == null || depth == LONGEST_CHAIN ? null : of(parent, depth + 1));
    }

    /**
     * A VM with a TPM has its own files encrypted, and its disks only if they have a key too. Old servers tell only the VM's.
     *
     * @param vm its properties {@code config.keyId} and {@code config.hardware.device}
     */
    public boolean encrypted(XmlNode vm) {
        return node.at("keyId") != null
                || (vm.at("config.keyId") != null
                        && vm.each("config.hardware.device").stream().noneMatch(DeviceMapping::isTpm));
    }

    /** From this file to the base. */
    public List<DiskBacking> chain() {
        List<DiskBacking> chain = new ArrayList<>();
        for (DiskBacking at = this; at != null; at = at.parent) {
            chain.add(at);
        }
        return chain;
    }

    boolean mapped() {
        return type.contains("RawDisk");
    }

    /** {@code [datastore] folder/} of a file name; empty for none. */
    private static String folder(@Nullable String fileName) {
        return fileName == null ? "" : fileName.substring(0, fileName.lastIndexOf('/') + 1);
    }

    /**
     * What names the disk however many snapshots come and go: the file farthest down the chain in the folder of the topmost. A
     * linked clone's base lies in another VM's folder, and belongs to many.
     */
    @Nullable
    String lastingName() {
        String name = fileName;
        for (DiskBacking at = parent; at != null && folder(at.fileName).equals(folder(fileName)); at = at.parent) {
            name = at.fileName;
        }
        return name;
    }
}
