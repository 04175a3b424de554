package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.vmware.vsphere.VsphereError;
import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.client.XmlNode;
import io.vmferry.vmware.vsphere.inventory.DiskBacking;
import io.vmferry.vmware.vsphere.inventory.DiskDevice;
import io.vmferry.vmware.vsphere.inventory.VmKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Asks where a disk lies now. What an inventory said may be old: a snapshot, a consolidation or Storage vMotion moves it. */
final class DiskPlaces {
    private static final int DEEPEST = 64;
    private static final int HTTPS = 443;
    private static final List<String> VM = List.of(
            "config.hardware.device",
            "config.instanceUuid",
            "config.keyId",
            "runtime.powerState",
            "runtime.host",
            "layoutEx.file");
    private static final List<String> SNAPSHOT = List.of("config.hardware.device");
    private static final List<String> HOST = List.of(
            "name",
            "runtime.connectionState",
            "summary.config.port",
            "summary.config.sslThumbprint",
            "config.virtualNicManagerInfo");

    private final VimConnection connection;
    private final Map<Moref, DiskPlace.Datastore> datastores = new ConcurrentHashMap<>();

    DiskPlaces(VimConnection connection) {
        this.connection = connection;
    }

    DiskPlace of(Vm described, Disk disk, ReadPoint point) {
        String subject = described.name() + " / " + disk.label();
        VmKey id = VmKey.parse(described.ref()).orElseThrow(() -> unknown(subject, "this source has no such VM"));
        Moref vm = id.vm();
        XmlNode now = connection.properties().read(vm, VM).properties();
        if (!now.text("config.instanceUuid", id.instanceUuid()).equals(id.instanceUuid())) {
            throw unknown(subject, "another VM has its id now");
        }
        String key = point.snapshot();
        Moref snapshot = key == null ? null : new Moref("VirtualMachineSnapshot", key);
        XmlNode hardware = snapshot == null
                ? now
                : connection.properties().read(snapshot, SNAPSHOT).properties();
        List<DiskDevice> devices = DiskDevice.of(hardware.each("config.hardware.device"));
        int position = position(devices, disk.key());
        if (position < 0) {
            throw unknown(
                    subject,
                    "the VM no longer has the disk \"" + disk.key() + "\""
                            + (snapshot == null ? "" : " in this snapshot, as is the case with independent disks"));
        }
        DiskDevice device = devices.get(position);
        DiskBacking backing = device.backing();
        List<DatastorePath> chain = new ArrayList<>();
        for (DiskBacking link : backing.chain()) {
            if (link.fileName() != null) {
                chain.add(DatastorePath.parse(link.fileName(), subject));
            }
        }
        boolean running = !now.text("runtime.powerState", "poweredOff").equals("poweredOff");
        String changeId = backing.changeId();
        return new DiskPlace(
                subject,
                vm,
                snapshot,
                running,
                device.deviceKey(),
                device.attachment(),
                position,
                devices.size(),
                device.capacityBytes(),
                chain,
                changeId == null || changeId.isBlank() ? null : changeId,
                contentId(backing, now, chain),
                backing.encrypted(now),
                raw(backing),
                datastore(backing, chain),
                host(now.ref("runtime.host")));
    }

    private static int position(List<DiskDevice> devices, String key) {
        for (int i = 0; i < devices.size(); i++) {
            if (devices.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private static VmferryException unknown(String subject, String reason) {
        return new VmferryException(
                VsphereError.VSPHERE_DISK_UNKNOWN, subject, reason, "Plan again; the VM has changed.");
    }

    private static String raw(DiskBacking backing) {
        if (!backing.type().contains("RawDisk")) {
            return "";
        }
        return backing.node().text("compatibilityMode", "").equals("physicalMode") ? "physical" : "virtual";
    }

    /** UUID, change id and the length of each file of the disk, which grows with a thin disk. */
    private static String contentId(DiskBacking backing, XmlNode vm, List<DatastorePath> chain) {
        StringBuilder id = new StringBuilder("uuid ").append(Objects.requireNonNullElse(backing.uuid(), "unknown"));
        if (backing.changeId() != null) {
            id.append(", change ").append(backing.changeId());
        }
        List<String> stems = chain.stream()
                .map(path -> path.toString().replaceFirst("\\.vmdk$", "-"))
                .toList();
        for (XmlNode file : vm.each("layoutEx.file")) {
            String name = file.text("name", "");
            if (file.text("type", "").equals("diskExtent") && stems.stream().anyMatch(name::startsWith)) {
                id.append(", ").append(file.text("size", "?"));
            }
        }
        return id.toString();
    }

    private DiskPlace.Datastore datastore(DiskBacking backing, List<DatastorePath> chain) {
        Moref ref = backing.datastore();
        String name = chain.isEmpty() ? "" : chain.get(0).datastore();
        if (ref == null) {
            return new DiskPlace.Datastore(name, "", connection.facts().vcenter() ? "" : "ha-datacenter");
        }
        DiskPlace.Datastore known = datastores.get(ref);
        if (known != null && known.name().equals(name)) {
            return known;
        }
        XmlNode read = connection
                .properties()
                .read(ref, List.of("summary.type", "parent"))
                .properties();
        DiskPlace.Datastore found =
                new DiskPlace.Datastore(name, read.text("summary.type", ""), datacenter(read.ref("parent")));
        datastores.put(ref, found);
        return found;
    }

    /** Names from the datacenter up to the root folder, which itself has no place in the path. */
    private String datacenter(@Nullable Moref parent) {
        List<String> names = new ArrayList<>();
        Moref at = parent;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            XmlNode read =
                    connection.properties().read(at, List.of("name", "parent")).properties();
            Moref above = read.ref("parent");
            boolean counts = at.type().equals("Datacenter") || !names.isEmpty();
            if (counts && above != null) {
                names.add(0, read.text("name", ""));
            }
            at = above;
        }
        return String.join("/", names);
    }

    private DiskPlace.@Nullable Host host(@Nullable Moref ref) {
        if (ref == null || !connection.facts().vcenter()) {
            return null;
        }
        XmlNode host = connection.properties().read(ref, HOST).properties();
        if (!host.text("runtime.connectionState", "connected").equals("connected")) {
            return null;
        }
        Integer port = host.integer("summary.config.port");
        String name = host.text("name", ref.value());
        return new DiskPlace.Host(
                name,
                management(host, name),
                port == null || port <= 0 ? HTTPS : port,
                host.text("summary.config.sslThumbprint"));
    }

    /** The management interface's address: names of hosts are often known to the vCenter only. */
    private static String management(XmlNode host, String name) {
        for (XmlNode kind : host.each("config.virtualNicManagerInfo.netConfig")) {
            if (!kind.text("nicType", "").equals("management")) {
                continue;
            }
            List<String> selected =
                    kind.all("selectedVnic").stream().map(XmlNode::text).toList();
            for (XmlNode candidate : kind.all("candidateVnic")) {
                String address = candidate.text("spec.ip.ipAddress");
                if (address != null && selected.contains(candidate.text("key", ""))) {
                    return address;
                }
            }
        }
        return name;
    }
}
