package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.ErrorCode;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.http.ConnectionError;
import io.vmferry.vmware.vsphere.http.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens disks of a vSphere session, each by the best way that there is: its files straight from the ESXi host, its files
 * through the vCenter, or an export. Why a way was taken is in {@link DiskContent#way}. Safe for many threads; closed before
 * the connection.
 */
public final class VsphereDisks implements AutoCloseable {
    /** Object stores: what looks like a folder there has descriptors, but no extents. */
    private static final Set<String> WITHOUT_FILES = Set.of("vsan", "vsand", "vvol", "pmem");

    /** The files cannot be had this way, but perhaps another. */
    private static final Set<ErrorCode> NO_FILES = Set.of(
            TransferError.DATASTORE_FILE_LOCKED,
            TransferError.DATASTORE_FILE_MISSING,
            TransferError.DATASTORE_FORBIDDEN,
            TransferError.DATASTORE_ANSWER_WRONG);

    private final DiskPlaces places;
    private final FolderCalls folder;
    private final LeaseCalls leases;
    private final Transfer transfer;
    private final int connections;
    private final TransferPermits permits;
    private final Patience patience;
    private final SSLSocketFactory tls;
    private final ExportPool exports = new ExportPool(ExportPool.DEFAULT);
    /** Hosts that were not reached, and why: asked once a session and not for each disk. */
    private final Map<String, String> unreachable = new ConcurrentHashMap<>();

    /**
     * @param connection stays the caller's
     * @param connections side by side for one disk, 1 to 8
     */
    public VsphereDisks(
            VimConnection connection, Trust trust, Transfer transfer, int connections, TransferPermits permits) {
        this(connection, trust, transfer, connections, permits, Patience.TRANSFER);
    }

    VsphereDisks(
            VimConnection connection,
            Trust trust,
            Transfer transfer,
            int connections,
            TransferPermits permits,
            Patience patience) {
        VimDiskCalls calls = new VimDiskCalls(connection, trust);
        this.places = new DiskPlaces(connection);
        this.folder = calls;
        this.leases = calls;
        this.transfer = transfer;
        this.connections = connections;
        this.permits = permits;
        this.patience = patience;
        this.tls = trust.tls().getSocketFactory();
    }

    /**
     * Opens a disk.
     *
     * @param vm and disk as the inventory described them
     * @param point a snapshot, or the current state: that of a running VM can be planned with, but not read
     * @throws VmferryException with {@code DISK_NOT_READABLE} when no way leads to it, with the reason for each
     */
    public DiskContent open(Vm vm, Disk disk, ReadPoint point) {
        DiskPlace place = places.of(vm, disk, point);
        if (place.encrypted()) {
            throw new VmferryException(
                    TransferError.DISK_NOT_READABLE,
                    place.subject(),
                    "it is encrypted: its files hold ciphertext, and vSphere does not export it",
                    "Take the encryption storage policy off the VM, then plan again.");
        }
        if (place.poweredOn() && place.snapshot() == null) {
            return new RunningDisk(place);
        }
        DiskPlace.Host host = place.host();
        TransferPermits.Permit permit = permits.take(
                host == null ? folder.base().getHost() : host.name(),
                place.datastore().name());
        try {
            return open(place, permit);
        } catch (RuntimeException | Error e) {
            permit.close();
            throw e;
        }
    }

    private DiskContent open(DiskPlace place, TransferPermits.Permit permit) {
        if (transfer == Transfer.NFC) {
            requireExportable(place, null);
            return export(place, "exported by vSphere as one stream, because the source's settings say so", permit);
        }
        String obstacle = obstacle(place);
        VmferryException cause = null;
        if (obstacle == null) {
            try {
                return files(place, permit);
            } catch (VmferryException e) {
                if (!NO_FILES.contains(e.code())) {
                    throw e;
                }
                obstacle = e.reason();
                cause = e;
            }
        }
        if (transfer == Transfer.FOLDER) {
            throw cause != null ? cause : notReadable(place, "its files cannot be read: " + obstacle, null);
        }
        requireExportable(place, cause == null ? notReadable(place, obstacle, null) : cause);
        return export(place, "exported by vSphere as one stream, because " + obstacle, permit);
    }

    /** Why there can be no files to read; null when there may be. */
    private static @Nullable String obstacle(DiskPlace place) {
        String type = place.datastore().type();
        if (WITHOUT_FILES.contains(type.toLowerCase(Locale.ROOT))) {
            return "datastore " + place.datastore().name() + " (" + type + ") keeps objects and no files";
        }
        if (!place.raw().isEmpty()) {
            return "it is a mapped LUN, whose content is in no file";
        }
        return place.chain().isEmpty() ? "vSphere names no file for it" : null;
    }

    private static void requireExportable(DiskPlace place, @Nullable VmferryException noFiles) {
        if (place.raw().equals("physical")) {
            throw notReadable(
                    place,
                    (noFiles == null ? "" : noFiles.reason() + "; and ")
                            + "vSphere does not export a LUN that is passed through",
                    noFiles);
        }
    }

    private static VmferryException notReadable(DiskPlace place, String reason, @Nullable VmferryException cause) {
        return new VmferryException(
                TransferError.DISK_NOT_READABLE,
                place.subject(),
                reason,
                "Copy the disk to a VMFS or NFS datastore, or export the VM by other means and use a source of type files.",
                cause);
    }

    private DiskContent files(DiskPlace place, TransferPermits.Permit permit) {
        List<String> detours = new ArrayList<>();
        DiskPlace.Host host = place.host();
        if (folder.vcenter() && host != null) {
            String before = unreachable.get(host.name());
            if (before != null) {
                detours.add(before);
            } else {
                try {
                    return files(
                            place, FolderRoute.host(folder, host, place.chain().get(0), patience), "", permit);
                } catch (VmferryException e) {
                    String why = e.reason();
                    if (e.code() instanceof ConnectionError) {
                        why = host.name() + " is not reached from here: " + why;
                        unreachable.put(host.name(), why);
                    }
                    detours.add(why);
                }
            }
        }
        String because = detours.isEmpty() ? "" : ", because " + detours.get(0);
        return files(place, FolderRoute.session(folder, tls, place, patience), because, permit);
    }

    private DiskContent files(DiskPlace place, FolderRoute route, String because, TransferPermits.Permit permit) {
        Lanes lanes = new Lanes(connections);
        AllocationMap allocation = new AllocationQuery(folder).map(place);
        String known = allocation == AllocationMap.ALL
                ? "all of it, for want of an allocation map"
                : "what is allocated, as changed block tracking tells";
        String way = "HTTPS ranges " + route.words() + because + ", " + lanes.connections() + " connections, " + known;
        return FolderContent.open(place, new ChainFiles(route, place.chain(), () -> allocation, lanes), way, permit);
    }

    private DiskContent export(DiskPlace place, String way, TransferPermits.Permit permit) {
        return new ExportContent(place, way, exports, folder, leases, permit);
    }

    /** Ends what renews leases. Disks that are open are the caller's to close, and before. */
    @Override
    public void close() {
        exports.close();
    }
}
