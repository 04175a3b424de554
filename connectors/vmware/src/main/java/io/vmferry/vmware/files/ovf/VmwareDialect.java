package io.vmferry.vmware.files.ovf;

import static io.vmferry.vmware.files.ovf.OvfNumbers.invalid;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.Device;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Identity;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.Notice;
import io.vmferry.spi.model.Placement;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.vmware.files.FilesError;
import io.vmferry.vmware.files.guest.FactSettings;
import io.vmferry.vmware.files.guest.GuestIds;
import io.vmferry.vmware.files.guest.MacAddress;
import io.vmferry.vmware.files.ovf.OvfDocument.DiskRef;
import io.vmferry.vmware.files.ovf.OvfDocument.VirtualSystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A virtual system as VMware (or a tool that writes for VMware, such as VirtualBox) describes it. One use. */
public final class VmwareDialect {
    private static final long DEFAULT_MEMORY = 1L << 30;

    private final OvfDocument document;
    private final VirtualSystem system;
    private final VmRef ref;
    private final DiskLocator locator;
    private final List<HardwareItem> items;
    private final Controllers controllers;
    private final List<Notice> notices = new ArrayList<>();

    public VmwareDialect(OvfDocument document, VirtualSystem system, VmRef ref, DiskLocator locator) {
        this.document = document;
        this.system = system;
        this.ref = ref;
        this.locator = locator;
        this.items = DeploymentOption.itemsOf(document, system, this::notice);
        this.controllers = new Controllers(items);
    }

    /**
     * The VM.
     *
     * @param further what else there is to notice, asked when all disks were located
     */
    public Vm vm(Placement placement, Supplier<List<Notice>> further) {
        notices.addAll(document.notices());
        notices.addAll(system.notices());
        GuestOs guest = guest();
        Firmware firmware = firmware();
        List<Disk> disks = disks(placement.folder());
        List<Nic> nics = nics();
        List<Device> devices =
                items.stream().map(OtherDevices::of).flatMap(Optional::stream).toList();
        Cpu cpu = cpu();
        long memory = memory();
        if (!system.properties().isEmpty()) {
            notice(
                    "files.ovf.properties",
                    "the guest may read settings from its OVF environment (" + String.join(", ", system.properties())
                            + "); they are not carried over");
        }
        notices.addAll(further.get());
        return new Vm(
                ref,
                new Identity(null, null, null),
                PowerState.UNKNOWN,
                false,
                guest,
                cpu,
                memory,
                firmware,
                null,
                disks,
                nics,
                devices,
                List.of(),
                placement,
                Map.of(),
                features(),
                system.annotation(),
                notices);
    }

    private GuestOs guest() {
        String id = system.osType();
        GuestOs.Family family = GuestIds.family(id, system.osDescription());
        if (family == GuestOs.Family.UNKNOWN) {
            family = GuestIds.family(system.cimOs());
        }
        return new GuestOs(id, family, system.osDescription(), null, null, List.of());
    }

    private Cpu cpu() {
        String architecture = GuestIds.architecture(system.osType());
        Optional<HardwareItem> item = first(HardwareItem.PROCESSOR);
        if (item.isEmpty()) {
            notice("files.ovf.cpu-missing", "the descriptor names no processors; one is assumed");
            return new Cpu(1, 1, 1, architecture);
        }
        int vcpus = OvfNumbers.count(
                document.file(),
                item.get().line(),
                "the number of processors",
                item.get().field("VirtualQuantity").orElse(""));
        // vSphere 8 writes 0 where it chooses the topology itself at power-on.
        String cores =
                item.get().field("CoresPerSocket").filter(c -> !c.equals("0")).orElse("1");
        int perSocket = OvfNumbers.count(document.file(), item.get().line(), "cores per socket", cores);
        if (vcpus % perSocket != 0) {
            notice(
                    "files.cpu-topology",
                    vcpus + " processors do not divide into sockets of " + perSocket
                            + " cores; sockets of one are assumed");
            perSocket = 1;
        }
        return new Cpu(vcpus / perSocket, perSocket, 1, architecture);
    }

    private long memory() {
        Optional<HardwareItem> item = first(HardwareItem.MEMORY);
        if (item.isEmpty()) {
            notice("files.ovf.memory-missing", "the descriptor names no memory; 1 GiB is assumed");
            return DEFAULT_MEMORY;
        }
        return OvfNumbers.bytes(
                document.file(),
                item.get().line(),
                "the memory size",
                item.get().field("VirtualQuantity").orElse(""),
                item.get().field("AllocationUnits").orElse(""));
    }

    private Firmware firmware() {
        Optional<String> stated = setting("firmware");
        boolean efi = stated.filter("efi"::equalsIgnoreCase).isPresent();
        if (stated.isEmpty() && !system.hardware().startsWith("vmx-")) {
            notice("files.ovf.firmware-default", "the descriptor does not name the firmware; BIOS is assumed");
        }
        boolean secure = isTrue("bootOptions.efiSecureBootEnabled") || isTrue("uefi.secureBoot.enabled");
        boolean tpm = items.stream().anyMatch(OtherDevices::isTpm)
                || isTrue("vtpm.present")
                || isTrue("tpm.present")
                || setting("managedvm.autoAddVTPM").isPresent();
        if (efi
                && secure
                && document.files().values().stream().anyMatch(f -> f.href().endsWith(".nvram"))) {
            notice(
                    "files.nvram",
                    "keys that were enrolled for secure boot are not on any disk and are not carried over");
        }
        return new Firmware(efi ? Firmware.Kind.EFI : Firmware.Kind.BIOS, efi && secure, tpm);
    }

    private List<Disk> disks(String folder) {
        Map<String, Integer> bootOrder = new HashMap<>();
        for (int i = 0; i < system.bootOrder().size(); i++) {
            bootOrder.putIfAbsent(system.bootOrder().get(i).instanceId(), i + 1);
        }
        Map<String, Integer> times = new HashMap<>();
        List<Disk> disks = new ArrayList<>();
        for (HardwareItem item : items) {
            if (item.type() != HardwareItem.DISK) {
                continue;
            }
            DiskRef disk = diskOf(item);
            DiskLocator.Located located = locator.locate(disk, times.merge(disk.id(), 1, Integer::sum) - 1);
            disks.add(new Disk(
                    located.key(),
                    item.label(),
                    disk.capacityBytes(),
                    disk.populatedBytes(),
                    located.containerBytes(),
                    located.format(),
                    folder,
                    controllers.of(item).orElseGet(() -> detached(item)),
                    bootOrder.get(item.instanceId()),
                    null,
                    Disk.Backing.IMAGE,
                    item.config().getOrDefault("backing.diskMode", ""),
                    false,
                    null));
        }
        disks.sort((a, b) -> Controllers.compare(a.attachment(), b.attachment()));
        return disks;
    }

    private Disk.Attachment detached(HardwareItem item) {
        notice(
                "files.ovf.disk-without-controller",
                item.label() + " hangs on no controller that the descriptor describes; SCSI is assumed");
        return new Disk.Attachment("scsi", "", 0, 0);
    }

    private DiskRef diskOf(HardwareItem item) {
        // "ovf:/disk/vmdisk1"; VirtualBox and OVF 0.9 leave the scheme out.
        String host = item.field("HostResource").orElse("");
        int at = host.indexOf("/disk/");
        if (at < 0) {
            throw new VmferryException(
                    FilesError.OVF_UNSUPPORTED,
                    OvfXml.at(document.file(), item.line()),
                    item.label() + " names \"" + host + "\" as its content, which is no disk of this descriptor",
                    "Export the VM again with its disks as files.");
        }
        String id = host.substring(at + "/disk/".length());
        DiskRef disk = document.disks().get(id);
        if (disk == null) {
            throw invalid(
                    document.file(),
                    item.line(),
                    item.label() + " refers to the disk \"" + id + "\", which is not there");
        }
        return disk;
    }

    private List<Nic> nics() {
        List<Nic> nics = new ArrayList<>();
        for (HardwareItem item : items) {
            if (item.type() != HardwareItem.ETHERNET) {
                continue;
            }
            String network = item.connections().stream().findFirst().orElse("");
            if (network.isEmpty()) {
                notice("files.nic-without-network", item.label() + " is on no network");
            } else if (!document.networks().isEmpty() && !document.networks().contains(network)) {
                notice(
                        "files.ovf.network-undeclared",
                        item.label() + " is on \"" + network + "\", which the descriptor's list of networks lacks");
            }
            nics.add(new Nic(
                    "eth" + nics.size(),
                    item.label(),
                    item.subType().toLowerCase(Locale.ROOT),
                    mac(item),
                    new Nic.Network(network, null, null),
                    !"false".equalsIgnoreCase(item.fields().get("AutomaticAllocation")),
                    Optional.ofNullable(item.config().get("slotInfo.pciSlotNumber"))
                            .filter(s -> s.matches("\\d{1,9}"))
                            .map(Integer::valueOf)
                            .orElse(null),
                    null));
        }
        return nics;
    }

    private @Nullable String mac(HardwareItem item) {
        // CIM's Address is the MAC address of a card; vCenter leaves it out unless asked to keep it.
        Optional<String> stated =
                item.field("Address").or(() -> Optional.ofNullable(item.config().get("macAddress")));
        Optional<String> mac = stated.flatMap(MacAddress::normal);
        if (stated.isPresent() && mac.isEmpty()) {
            notice(
                    "files.mac-unreadable",
                    item.label() + " has the MAC address \"" + stated.get() + "\", which is none");
        }
        return mac.orElse(null);
    }

    private Map<String, String> features() {
        Map<String, String> features = new LinkedHashMap<>();
        if (!system.hardware().isEmpty()) {
            features.put("virtualHardware", system.hardware());
        }
        if (!system.product().isEmpty()) {
            features.put("product", system.product());
        }
        if (!document.storageGroups().isEmpty()) {
            features.put(
                    "storagePolicy", String.join(", ", document.storageGroups().values()));
        }
        features.putAll(system.config());
        features.putAll(FactSettings.of(system.extraConfig()));
        return features;
    }

    private Optional<HardwareItem> first(int type) {
        return items.stream().filter(i -> i.type() == type).findFirst();
    }

    private Optional<String> setting(String key) {
        return Stream.of(system.config(), system.extraConfig())
                .flatMap(m -> m.entrySet().stream())
                .filter(e -> e.getKey().equalsIgnoreCase(key))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private boolean isTrue(String key) {
        return setting(key).filter("true"::equalsIgnoreCase).isPresent();
    }

    private void notice(String code, String message) {
        notices.add(new Notice(code, ref.name(), message));
    }
}
