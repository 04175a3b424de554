package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.model.Disk;
import io.vmferry.vmware.vsphere.client.Moref;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one disk lies in one state, and what decides on the way to its bytes.
 *
 * @param subject {@code VM / disk} for messages
 * @param snapshot the state to read; null the current one
 * @param poweredOn the VM runs
 * @param deviceKey vSphere's key of the disk within the VM
 * @param attachment where it hangs, which is how an export names it
 * @param position counted over all disks of the VM in this state
 * @param disks of the VM in this state
 * @param capacityBytes as the VM's configuration has it
 * @param chain descriptors from this state down to the base; empty where no files are named
 * @param changeId of this state; null when blocks are not tracked
 * @param contentId what vSphere says that changes with the disk, for lack of its files
 * @param raw a mapped LUN: {@code virtual} or {@code physical}; empty for files
 * @param datastore where the top of the chain lies
 * @param host where the VM is registered; null unknown
 */
public record DiskPlace(
        String subject,
        Moref vm,
        @Nullable Moref snapshot,
        boolean poweredOn,
        int deviceKey,
        Disk.Attachment attachment,
        int position,
        int disks,
        long capacityBytes,
        List<DatastorePath> chain,
        @Nullable String changeId,
        String contentId,
        boolean encrypted,
        String raw,
        Datastore datastore,
        @Nullable Host host) {

    /**
     * A datastore.
     *
     * @param type {@code VMFS}, {@code NFS}, {@code vsan}, {@code VVOL}, …; empty unknown
     * @param datacenter inventory path of its datacenter; {@code ha-datacenter} on a host
     */
    public record Datastore(String name, String type, String datacenter) {}

    /**
     * An ESXi host.
     *
     * @param name for people
     * @param address of its management interface
     * @param port of its web services
     * @param sha1 its certificate's fingerprint as the vCenter has it; null unknown
     */
    public record Host(
            String name, String address, int port, @Nullable String sha1) {}
}
