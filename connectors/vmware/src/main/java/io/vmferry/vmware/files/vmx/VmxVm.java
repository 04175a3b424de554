package io.vmferry.vmware.files.vmx;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Identity;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.Notice;
import io.vmferry.spi.model.Placement;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Snapshot;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.vmware.files.FilesError;
import io.vmferry.vmware.files.guest.BiosUuid;
import io.vmferry.vmware.files.guest.FactSettings;
import io.vmferry.vmware.files.guest.GuestIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A VM as its VMX describes it. One use. */
public final class VmxVm {
    private static final long MIB = 1L << 20;

    /** Finds the file of a disk. */
    @FunctionalInterface
    public interface DiskLocator {
        /**
         * Finds it.
         *
         * @throws VmferryException when the file is missing or lies outside of the VM's folder
         */
        Located locate(String fileName);
    }

    /**
     * What was found.
     *
     * @param key as in {@link Disk#key}
     * @param containerBytes length of the file that is opened
     * @param format in words
     * @param delta it is a snapshot delta
     */
    public record Located(String key, long capacityBytes, long containerBytes, String format, boolean delta) {}

    private final VmxFile vmx;
    private final VmRef ref;
    private final DiskLocator locator;
    private final List<Notice> notices = new ArrayList<>();

    public VmxVm(VmxFile vmx, VmRef ref, DiskLocator locator) {
        this.vmx = vmx;
        this.ref = ref;
        this.locator = locator;
    }

    /**
     * The VM.
     *
     * @param further what else there is to notice
     */
    public Vm vm(Placement placement, List<Snapshot> snapshots, List<Notice> further) {
        if (vmx.value("encryption.keySafe").isPresent()
                || vmx.value("encryption.data").isPresent()) {
            throw new VmferryException(
                    FilesError.VMX_ENCRYPTED,
                    vmx.file(),
                    "the VM is encrypted, and its key is not in these files",
                    "Remove the encryption at the source, then copy the files again.");
        }
        GuestOs guest = guest();
        Cpu cpu = cpu();
        long memory = memory();
        Firmware firmware = firmware();
        Identity identity = identity(guest.family());
        VmxDevices devices = new VmxDevices(vmx);
        List<Disk> disks = disks(devices, placement.folder());
        List<Nic> nics = VmxCards.of(vmx, this::notice);
        notices.addAll(further);
        return new Vm(
                ref,
                identity,
                vmx.value("checkpoint.vmState").isPresent() ? PowerState.SUSPENDED : PowerState.UNKNOWN,
                false,
                guest,
                cpu,
                memory,
                firmware,
                null,
                disks,
                nics,
                devices.others(),
                snapshots,
                placement,
                Map.of(),
                FactSettings.of(vmx.values()),
                vmx.text("annotation"),
                notices);
    }

    private GuestOs guest() {
        String id = vmx.text("guestOS");
        return new GuestOs(id, GuestIds.family(id, ""), id, null, null, List.of());
    }

    private Identity identity(GuestOs.Family family) {
        Optional<BiosUuid> uuid = vmx.value("uuid.bios").flatMap(BiosUuid::parse);
        if (uuid.isEmpty() && vmx.value("uuid.bios").isPresent()) {
            notice("files.vmx.uuid-unreadable", "uuid.bios is no UUID; the target will choose one");
        }
        int hardware = vmx.value("virtualHW.version")
                .filter(v -> v.matches("\\d{1,4}"))
                .map(Integer::parseInt)
                .orElse(0);
        return new Identity(
                uuid.map(u -> u.shown(hardware, family)).orElse(null),
                uuid.map(BiosUuid::serial).orElse(null),
                vmx.value("vc.uuid")
                        .flatMap(BiosUuid::parse)
                        .map(BiosUuid::inOrder)
                        .orElse(null));
    }

    private Cpu cpu() {
        int vcpus = vmx.count("numvcpus", 1024).orElse(1);
        int cores = vmx.value("cpuid.coresPerSocket").filter("0"::equals).isPresent()
                ? 1
                : vmx.count("cpuid.coresPerSocket", 1024).orElse(1);
        if (vcpus % cores != 0) {
            notice(
                    "files.cpu-topology",
                    vcpus + " processors do not divide into sockets of " + cores
                            + " cores; sockets of one are assumed");
            cores = 1;
        }
        return new Cpu(vcpus / cores, cores, 1, GuestIds.architecture(vmx.text("guestOS")));
    }

    private long memory() {
        Optional<Integer> mebibytes = vmx.count("memsize", 64 << 20);
        if (mebibytes.isEmpty()) {
            notice("files.vmx.memory-missing", "the configuration names no memory; 1 GiB is assumed");
        }
        return mebibytes.orElse(1024) * MIB;
    }

    private Firmware firmware() {
        boolean efi = vmx.text("firmware").equalsIgnoreCase("efi");
        boolean tpm =
                vmx.isTrue("vtpm.present") || vmx.value("managedVM.autoAddVTPM").isPresent();
        boolean secure = efi && vmx.isTrue("uefi.secureBoot.enabled");
        if (secure) {
            notice(
                    "files.nvram",
                    "keys that were enrolled for secure boot are not on any disk and are not carried over");
        }
        return new Firmware(efi ? Firmware.Kind.EFI : Firmware.Kind.BIOS, secure, tpm);
    }

    private List<Disk> disks(VmxDevices devices, String folder) {
        List<Disk> disks = new ArrayList<>();
        for (VmxDevices.DiskUnit unit : devices.disks()) {
            if (unit.fileName().isEmpty()) {
                throw new VmferryException(
                        FilesError.VMX_MALFORMED,
                        vmx.file() + " " + unit.key(),
                        "the disk names no file",
                        "Correct the configuration, or remove the disk from it.");
            }
            Located located = locator.locate(unit.fileName());
            if (located.delta()) {
                notice(
                        "files.snapshot-delta",
                        unit.key() + " is \"" + unit.fileName()
                                + "\", a snapshot delta; it is read together with its parents");
            }
            disks.add(new Disk(
                    located.key(),
                    "Hard disk " + (disks.size() + 1),
                    located.capacityBytes(),
                    null,
                    located.containerBytes(),
                    located.format(),
                    folder,
                    unit.attachment(),
                    null,
                    null,
                    Disk.Backing.IMAGE,
                    unit.mode(),
                    unit.shared(),
                    null));
        }
        return disks;
    }

    private void notice(String code, String message) {
        notices.add(new Notice(code, ref.name(), message));
    }
}
