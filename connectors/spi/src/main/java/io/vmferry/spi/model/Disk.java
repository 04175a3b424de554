package io.vmferry.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * A virtual disk of a VM.
 *
 * @param key names the disk within its source, the same for every VM that shares it: datastore path, disk id, member of an OVA
 * @param label for people: {@code Hard disk 1}
 * @param capacityBytes virtual size as the inventory has it; the image's own header decides in the end
 * @param usedBytes bytes that hold data at the source as far as it says; null unknown
 * @param containerBytes size of the file that would be read; null where there is no single file
 * @param format container format in words: {@code vmdk streamOptimized}
 * @param storage datastore, storage domain or folder it lies on; the storage rules match it
 * @param attachment where it hangs in the VM
 * @param bootOrder 1 is first; null not in the boot order
 * @param serial what the guest sees or saw as the disk's serial; null none
 * @param backing what stands behind it
 * @param mode in the source's words ({@code persistent}, {@code independent_persistent}); empty normal
 * @param shared several VMs may write it
 * @param guestDevice device name inside the guest ({@code /dev/sda}) when known
 */
public record Disk(
        String key,
        String label,
        long capacityBytes,
        @Nullable Long usedBytes,
        @Nullable Long containerBytes,
        String format,
        String storage,
        Attachment attachment,
        @Nullable Integer bootOrder,
        @Nullable String serial,
        Backing backing,
        String mode,
        boolean shared,
        @Nullable String guestDevice) {

    /** What stands behind a virtual disk. */
    public enum Backing {
        /** One or more files in a disk format. */
        IMAGE,
        /** A raw LUN mapped so that snapshots work. */
        RDM_VIRTUAL,
        /** A raw LUN passed through. */
        RDM_PHYSICAL,
        /** A direct LUN of oVirt. */
        LUN
    }

    /**
     * @param bus {@code scsi}, {@code sata}, {@code ide}, {@code nvme}, {@code virtio}
     * @param controller model in the source's words: {@code VirtualSCSI}, {@code lsilogic}; empty unknown
     * @param controllerNumber counted per bus
     * @param unit on the controller
     */
    public record Attachment(String bus, String controller, int controllerNumber, int unit) {}
}
