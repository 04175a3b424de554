package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageFacts;
import io.vmferry.spi.source.DiskContent;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * The current disk of a VM that runs: enough to plan with, as a VM is rarely off when its migration is planned, and nothing to
 * read, as it changes while one looks.
 */
record RunningDisk(DiskPlace place) implements DiskContent.Virtual, DiskImage {
    RunningDisk {
        if (place.capacityBytes() <= 0) {
            throw new VmferryException(
                    TransferError.DISK_NOT_READABLE,
                    place.subject(),
                    "the VM runs, and vSphere does not tell the disk's size",
                    "Switch the VM off, or let it be read at a snapshot.");
        }
    }

    @Override
    public DiskImage image() {
        return this;
    }

    @Override
    public String version() {
        return "running, " + place.contentId();
    }

    @Override
    public String way() {
        return "chosen when the VM is off or has a snapshot, because a running VM's disk cannot be read";
    }

    @Override
    public void verify() {}

    @Override
    public ImageFacts facts() {
        return new ImageFacts("vmdk", "on a datastore", place.capacityBytes(), 1, Map.of(), List.of());
    }

    /** What is allocated is not known before there is something to read. */
    @Override
    public Extent extentAt(long offset) {
        return Extent.data(offset, place.capacityBytes() - offset);
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        throw new VmferryException(
                TransferError.DISK_NOT_READABLE,
                place.subject(),
                "the VM runs, so its disk changes while it is read",
                "Switch the VM off, or let it be read at a snapshot.");
    }

    @Override
    public void readEncoded(Extent extent, ByteBuffer target) {
        throw new IllegalArgumentException(extent + " is not compressed");
    }

    @Override
    public void close() {}
}
