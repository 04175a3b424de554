package io.vmferry.spi.plan;

import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.model.Disk;
import org.jspecify.annotations.Nullable;

/**
 * What will be done with one disk.
 *
 * @param key short and stable within the VM ({@code d0}); names its partition
 * @param disk the facts it was decided on
 * @param sourceVersion {@code DiskContent.version()} at planning; another one at the run means drift. Empty: the VM ran, so
 *     there was no version to hold on to
 * @param image what the converter found in the container; null when it was not opened
 * @param rule name of the storage rule that matched; empty none
 * @param name DataVolume and volume name
 * @param storageClass null: the cluster's default
 * @param volumeMode {@code Block} or {@code Filesystem}; null: the storage profile's
 * @param accessMode {@code ReadWriteOnce} and so on; null: the storage profile's
 * @param bus {@code virtio}, {@code sata} or {@code scsi}
 * @param serial what the guest will see; null none
 * @param bootOrder 1 is first; null not in the boot order
 * @param format {@code qcow2} or {@code raw}
 * @param encoding how data blocks are stored; null plain
 * @param path which way the bytes go and why, one sentence: {@code pass-through: …}
 * @param bytesToRead from the source, estimated from its allocation tables
 * @param bytesToWrite to the target, estimated likewise
 */
public record DiskPlan(
        String key,
        Disk disk,
        String sourceVersion,
        @Nullable ImageSummary image,
        String rule,
        String name,
        @Nullable String storageClass,
        @Nullable String volumeMode,
        @Nullable String accessMode,
        String bus,
        @Nullable String serial,
        @Nullable Integer bootOrder,
        String format,
        @Nullable BlockEncoding encoding,
        String path,
        long bytesToRead,
        long bytesToWrite) {

    /** Size of the virtual disk: the image's own where it was opened, the inventory's otherwise. */
    public long virtualSize() {
        return image == null ? disk.capacityBytes() : image.virtualSize();
    }

    public DiskPlan withSourceVersion(String version) {
        return new DiskPlan(
                key,
                disk,
                version,
                image,
                rule,
                name,
                storageClass,
                volumeMode,
                accessMode,
                bus,
                serial,
                bootOrder,
                format,
                encoding,
                path,
                bytesToRead,
                bytesToWrite);
    }

    /** Size to ask the target for: the virtual size rounded up to whole MiB, at least one. */
    public long volumeBytes() {
        long mib = 1 << 20;
        return Math.max(mib, (virtualSize() + mib - 1) / mib * mib);
    }
}
