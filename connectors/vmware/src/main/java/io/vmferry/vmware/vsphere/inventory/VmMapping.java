package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.Device;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.model.GuestFileSystem;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Identity;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.Notice;
import io.vmferry.spi.model.Placement;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Snapshot;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.vmware.files.guest.BiosUuid;
import io.vmferry.vmware.files.guest.GuestIds;
import io.vmferry.vmware.vsphere.VsphereError;
import io.vmferry.vmware.vsphere.client.ManagedObject;
import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A VM as the property collector tells it, in the words of the model. One use. */
final class VmMapping {
    private static final long MIB = 1L << 20;

    private final ManagedObject object;
    private final XmlNode vm;
    private final VmRef ref;
    private final Surroundings around;
    private final Map<Moref, List<String>> lacking;
    private final List<Notice> notices = new ArrayList<>();

    /** @param lacking privileges that the account does not have, by object */
    VmMapping(ManagedObject object, VmRef ref, Surroundings around, Map<Moref, List<String>> lacking) {
        this.object = object;
        this.vm = object.properties();
        this.ref = ref;
        this.around = around;
        this.lacking = lacking;
    }

    /** @throws VmferryException when the VM has no configuration that can be read */
    Vm vm() {
        checkReadable();
        List<XmlNode> hardware = vm.each("config.hardware.device");
        PowerState power = power();
        GuestNetworks networks = new GuestNetworks(vm, power != PowerState.ON);
        List<DiskDevice> devices = DiskDevice.of(hardware);
        List<Disk> disks = new DiskMapping(vm, around, this::notice).disks(devices);
        GuestOs guest = guest(devices, disks);
        HostFacts host = around.host(vm.ref("runtime.host"));
        ClusterFacts cluster = around.cluster(host);
        List<ClusterFacts.Rule> rules =
                cluster == null ? List.of() : cluster.rules().getOrDefault(object.ref(), List.of());
        Map<String, String> features = new LinkedHashMap<>(FeatureMapping.of(vm, rules, cluster));
        List<Nic> nics = new NicMapping(vm, around, networks, this::notice).nics(features);
        Cpu cpu = cpu();
        Firmware firmware = firmware(hardware);
        Identity identity = identity(guest.family());
        List<Device> others = DeviceMapping.of(hardware);
        List<Snapshot> snapshots = SnapshotMapping.of(vm).stream()
                .map(SnapshotMapping.Found::snapshot)
                .toList();
        reportMissing();
        reportPrivileges();
        notices.addAll(around.problems());
        return new Vm(
                ref,
                identity,
                power,
                vm.isTrue("config.template"),
                guest,
                cpu,
                memory(),
                firmware,
                null,
                disks,
                nics,
                others,
                snapshots,
                placement(host, cluster),
                tags(),
                features,
                vm.text("config.annotation", ""),
                notices);
    }

    private void checkReadable() {
        if (object.gone()) {
            throw new VmferryException(
                    VsphereError.VSPHERE_OBJECT_GONE,
                    ref.name() + " (" + object.ref() + ")",
                    "it was removed while the inventory was read",
                    "Make the plan again.");
        }
        String fault = object.missing().getOrDefault("config.hardware", "");
        if (fault.equals("NoPermission")) {
            throw new VmferryException(
                    VsphereError.VSPHERE_NO_PERMISSION,
                    ref.name() + " (" + object.ref() + ")",
                    "the account may see the VM, but not its configuration",
                    "Give the account's role the privilege System.Read on the VM.");
        }
        if (vm.at("config.hardware") == null) {
            String state = vm.text("runtime.connectionState", "unknown");
            throw new VmferryException(
                    VsphereError.VSPHERE_VM_INCOMPLETE,
                    ref.name() + " (" + object.ref() + ")",
                    "it has no configuration that can be read; its connection state is " + state
                            + (fault.isEmpty() ? "" : " (" + fault + ")"),
                    "Look at the VM in the vSphere client: its files or its host may be gone, or it is still being made.");
        }
    }

    private void reportMissing() {
        for (Map.Entry<String, String> missing : object.missing().entrySet()) {
            notice("vsphere.not-readable", "its " + missing.getKey() + " cannot be read (" + missing.getValue() + ")");
        }
    }

    private void reportPrivileges() {
        Set<String> names = new TreeSet<>(lacking.getOrDefault(object.ref(), List.of()));
        datastores(vm).forEach(datastore -> names.addAll(lacking.getOrDefault(datastore, List.of())));
        if (!names.isEmpty()) {
            notice(
                    "vsphere.privileges-missing",
                    "the account lacks " + String.join(", ", names)
                            + " on it or its datastores; what needs them will fail in the middle of its migration");
        }
    }

    /** Where its disks lie. */
    static Set<Moref> datastores(XmlNode vm) {
        Set<Moref> datastores = new LinkedHashSet<>();
        for (XmlNode device : vm.each("config.hardware.device")) {
            Moref datastore = DiskDevice.isDisk(device) ? device.ref("backing.datastore") : null;
            if (datastore != null) {
                datastores.add(datastore);
            }
        }
        return datastores;
    }

    private PowerState power() {
        return power(vm);
    }

    static PowerState power(XmlNode vm) {
        return switch (vm.text("runtime.powerState", "")) {
            case "poweredOn" -> PowerState.ON;
            case "poweredOff" -> PowerState.OFF;
            case "suspended" -> PowerState.SUSPENDED;
            default -> PowerState.UNKNOWN;
        };
    }

    private GuestOs guest(List<DiskDevice> devices, List<Disk> disks) {
        String id = vm.text("config.guestId", "");
        String configured = vm.text("config.guestFullName", id);
        Map<Integer, String> keys = new HashMap<>();
        for (int i = 0; i < devices.size(); i++) {
            keys.put(devices.get(i).deviceKey(), disks.get(i).key());
        }
        List<GuestFileSystem> fileSystems = new ArrayList<>();
        for (XmlNode disk : vm.each("guest.disk")) {
            Long capacity = disk.number("capacity");
            Long free = disk.number("freeSpace");
            Integer key = disk.integer("mappings.key");
            fileSystems.add(new GuestFileSystem(
                    disk.text("diskPath", ""),
                    disk.text("filesystemType"),
                    capacity == null ? 0 : capacity,
                    free == null ? 0 : free,
                    key == null ? null : keys.get(key)));
        }
        return new GuestOs(
                id,
                GuestIds.family(id, configured),
                vm.text("guest.guestFullName", configured),
                vm.text("guest.hostName"),
                agent(),
                fileSystems);
    }

    private @Nullable String agent() {
        String running = vm.text("guest.toolsRunningStatus");
        boolean installed = !vm.text("guest.toolsVersionStatus2", "").equals("guestToolsNotInstalled");
        return running == null || !installed ? null : running;
    }

    private Identity identity(GuestOs.Family family) {
        String text = vm.text("config.uuid");
        Optional<BiosUuid> uuid = text == null ? Optional.empty() : BiosUuid.parse(text);
        if (text != null && uuid.isEmpty()) {
            notice("vsphere.uuid-unreadable", "its BIOS UUID is none; the target will choose one");
        }
        String version = vm.text("config.version", "").replaceFirst("^vmx-0*", "");
        int hardware = version.matches("\\d{1,4}") ? Integer.parseInt(version) : 0;
        return new Identity(
                uuid.map(u -> u.shown(hardware, family)).orElse(null),
                uuid.map(BiosUuid::serial).orElse(null),
                vm.text("config.instanceUuid"));
    }

    private Cpu cpu() {
        Integer told = vm.integer("config.hardware.numCPU");
        Integer coresTold = vm.integer("config.hardware.numCoresPerSocket");
        int vcpus = told == null ? 1 : Math.max(1, told);
        // 0 leaves the choice to the host.
        int cores = coresTold == null || coresTold <= 0 ? 1 : coresTold;
        if (vcpus % cores != 0) {
            notice(
                    "vsphere.cpu-topology",
                    vcpus + " processors do not divide into sockets of " + cores
                            + " cores; sockets of one are assumed");
            cores = 1;
        }
        return new Cpu(vcpus / cores, cores, 1, GuestIds.architecture(vm.text("config.guestId", "")));
    }

    private long memory() {
        Long mebibytes = vm.number("config.hardware.memoryMB");
        return mebibytes == null || mebibytes < 0 || mebibytes > Long.MAX_VALUE / MIB ? 0 : mebibytes * MIB;
    }

    private Firmware firmware(List<XmlNode> hardware) {
        boolean efi = vm.text("config.firmware", "bios").equals("efi");
        boolean secure = efi && vm.isTrue("config.bootOptions.efiSecureBootEnabled");
        if (secure) {
            notice(
                    "vsphere.nvram",
                    "keys that were enrolled for secure boot are not on any disk and are not carried over");
        }
        return new Firmware(
                efi ? Firmware.Kind.EFI : Firmware.Kind.BIOS,
                secure,
                hardware.stream().anyMatch(DeviceMapping::isTpm));
    }

    private Placement placement(@Nullable HostFacts host, @Nullable ClusterFacts cluster) {
        return new Placement(
                around.path(vm.ref("parent")),
                around.datacenterName(vm.ref("parent") != null ? vm.ref("parent") : vm.ref("runtime.host")),
                cluster == null ? null : cluster.name(),
                host == null ? null : host.name());
    }

    private Map<String, List<String>> tags() {
        Map<String, List<String>> tags = new LinkedHashMap<>(around.tags().getOrDefault(object.ref(), Map.of()));
        for (XmlNode custom : vm.all("customValue")) {
            Integer key = custom.integer("key");
            String name = key == null ? null : around.customFields().get(key);
            String value = custom.text("value");
            if (name != null && value != null) {
                tags.merge(name, List.of(value), VmMapping::joined);
            }
        }
        return tags;
    }

    private static List<String> joined(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    private void notice(String code, String message) {
        notices.add(new Notice(code, ref.name(), message));
    }
}
