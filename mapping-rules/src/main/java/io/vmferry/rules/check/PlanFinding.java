package io.vmferry.rules.check;

import static io.vmferry.spi.plan.Severity.BLOCKER;
import static io.vmferry.spi.plan.Severity.INFO;
import static io.vmferry.spi.plan.Severity.WARNING;

import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.Severity;
import java.util.Locale;

/**
 * Every finding that rules and checks can make (a list, and as long as there are findings); {@code docs/findings.md} is this list, and a test holds it to that. A published
 * code is never renamed and never gets lighter.
 */
public enum PlanFinding {
    VM_NAME_CHANGED(
            "vm.name-changed",
            INFO,
            "The VM's name was adapted to what Kubernetes allows.",
            "Set overrides[].name to choose another one."),
    VM_NAME_GENERATED(
            "vm.name-generated",
            WARNING,
            "The VM's name has letters that Kubernetes does not allow, or is too long; a short hash makes the name unique and the same in every plan.",
            "Set overrides[].name to a name that people recognise."),
    VM_BLOCKED(
            "vm.blocked",
            BLOCKER,
            "A placement or compute rule refuses this VM.",
            "Exclude the VM under spec.select, or change the rule."),
    VM_NO_DISKS("vm.no-disks", BLOCKER, "The VM has no disk.", "Exclude the VM under spec.select."),
    VM_TEMPLATE(
            "vm.template",
            WARNING,
            "The VM is a template; on the target it becomes an ordinary VM.",
            "Exclude it under spec.select if it is not wanted."),
    VM_POWERED_ON(
            "vm.powered-on",
            WARNING,
            "The VM runs; its guest is shut down before its disks are copied, and the VM stays off at the source.",
            "Plan its downtime, or shut it down beforehand."),
    VM_RUNNING(
            "vm.running",
            BLOCKER,
            "The VM runs, and nothing allows to shut it down; its disks can only be copied in one consistent state when they hold still.",
            "Shut it down beforehand, or set policy.running: shutdown."),
    VM_SNAPSHOT_COPY(
            "vm.snapshot-copy",
            WARNING,
            "The VM goes on while a snapshot of it is copied: the copy is as if its power had been cut, and what is written afterwards is not in it.",
            "Good for a rehearsal; for the real move set policy.running: shutdown."),
    VM_SUSPENDED(
            "vm.suspended",
            BLOCKER,
            "The VM is suspended: part of its state is in memory, and what is on its disks is not consistent.",
            "Resume it and shut the guest down, then plan again."),
    VM_SNAPSHOTS(
            "vm.snapshots",
            INFO,
            "The VM has snapshots; only its current state is migrated.",
            "Remove snapshots that nobody needs: long chains are slow to read."),

    VM_INACCESSIBLE(
            "vm.inaccessible",
            BLOCKER,
            "The source itself cannot reach this VM: it is orphaned, invalid, or its host is disconnected.",
            "Repair it at the source, or exclude it under spec.select."),
    VM_CONSOLIDATION_NEEDED(
            "vm.consolidation-needed",
            WARNING,
            "Files of removed snapshots are still in use; reading the disks through them is slow.",
            "Consolidate the VM's disks at the source before the move."),
    VM_WAITS_FOR_ANSWER(
            "vm.waits-for-answer",
            WARNING,
            "The VM waits for somebody to answer a question at the source, and does nothing until then.",
            "Answer it at the source."),
    VM_REPLICATED(
            "vm.replicated",
            WARNING,
            "The VM is replicated to another site; that does not follow it.",
            "End the replication after the move, and protect the VM on the target anew."),
    VM_CHANGE_TRACKING_OFF(
            "vm.change-tracking-off",
            INFO,
            "Changed block tracking is off, so the source cannot tell which parts of a thick disk were never written; all of it is read.",
            "Switch it on at the source before the move if the disks are mostly empty."),

    COMPUTE_CPU_INVALID(
            "compute.cpu-invalid",
            BLOCKER,
            "The processor topology has a zero or negative count.",
            "Correct the VM's processors at the source."),
    COMPUTE_CPU_MANY(
            "compute.cpu-many",
            WARNING,
            "The VM has more than 255 virtual processors, for which q35 needs an IOMMU that KubeVirt does not set up.",
            "Reduce the processors, or test a start on the target first."),
    COMPUTE_MEMORY_INVALID(
            "compute.memory-invalid",
            BLOCKER,
            "The VM has no memory, or less than 1 MiB.",
            "Correct the VM's memory at the source."),
    COMPUTE_MEMORY_ROUNDED("compute.memory-rounded", INFO, "Memory was rounded up to whole MiB.", ""),
    COMPUTE_MEMORY_LARGE(
            "compute.memory-large",
            WARNING,
            "The VM has more than 6 TiB of memory.",
            "Check that a node of the target can hold it."),
    COMPUTE_UUID_MISSING(
            "compute.uuid-missing",
            INFO,
            "The source tells no BIOS UUID, so the target chooses one.",
            "Licences that are bound to the UUID must be renewed."),
    COMPUTE_UUID_INVALID(
            "compute.uuid-invalid",
            WARNING,
            "The BIOS UUID is not a UUID, so the target chooses one.",
            "Licences that are bound to the UUID must be renewed."),
    COMPUTE_SERIAL_CHANGED(
            "compute.serial-changed",
            INFO,
            "The firmware serial was reduced to the characters that KubeVirt admits.",
            "Licences that are bound to the serial may have to be renewed."),
    COMPUTE_CLOCK_ZONE(
            "compute.clock-zone",
            WARNING,
            "The guest keeps local time in its hardware clock, and which timezone that is was not told.",
            "Add a compute rule such as '- {match: {guestFamily: windows}, to: {clock: Asia/Shanghai}}'."),
    COMPUTE_HOT_PLUG_LOST(
            "compute.hot-plug-lost", WARNING, "Adding processors or memory while the VM runs is not carried over.", ""),
    COMPUTE_AFFINITY_LOST(
            "compute.affinity-lost",
            WARNING,
            "Processor, NUMA or host affinity is not carried over.",
            "Set it on the target where it is needed."),
    COMPUTE_CLUSTER_RULES_LOST(
            "compute.cluster-rules-lost",
            INFO,
            "Balancing by the cluster and its rules that keep VMs together or apart are not carried over.",
            "Set affinity on the target where it is needed."),
    COMPUTE_RESERVATION_LOST(
            "compute.reservation-lost",
            INFO,
            "Reservations, limits, shares and latency sensitivity are not carried over.",
            "Set requests, limits or dedicated processors on the target where they are needed."),
    COMPUTE_FEATURE_LOST(
            "compute.feature-lost",
            WARNING,
            "The guest can use a processor feature at the source that the target does not give it.",
            "Check whether software in the guest needs it."),
    COMPUTE_FAULT_TOLERANCE_LOST("compute.fault-tolerance-lost", INFO, "Fault tolerance is not carried over.", ""),

    FIRMWARE_FALLBACK_LOADER(
            "firmware.fallback-loader",
            INFO,
            "The VM boots by UEFI. Boot entries are not part of a disk, so it boots only if a loader lies at EFI/BOOT/BOOTX64.EFI; whether it does is unknown until the disk was read.",
            "Check it in the guest before the move."),
    FIRMWARE_SECURE_BOOT(
            "firmware.secure-boot", INFO, "Secure Boot stays on; a bootloader that is not signed is refused.", ""),
    FIRMWARE_TPM_CONTENT(
            "firmware.tpm-content",
            WARNING,
            "The VM has a TPM. Its content is not on any disk and cannot be carried over: what was sealed by it, such as BitLocker keys, is lost.",
            "Suspend BitLocker or keep the recovery key at hand before the move."),

    GUEST_OS_UNKNOWN(
            "guest.os-unknown",
            INFO,
            "The source does not know the operating system.",
            "Set it at the source; hardware is chosen by it."),
    GUEST_OS_OLD(
            "guest.os-old",
            WARNING,
            "The operating system is older than what KubeVirt's hardware is tested with.",
            "Try a copy first."),
    GUEST_OS_OTHER(
            "guest.os-other",
            WARNING,
            "The operating system is neither Linux nor Windows; drivers for the new hardware are its own matter.",
            "Try a copy first."),
    GUEST_BOOT_SAFE(
            "guest.boot-safe",
            INFO,
            "The VM gets boot-safe hardware (SATA disks, e1000e cards). This protects booting; it does not protect the names of interfaces.",
            "Once it runs with virtio drivers, change the profile to virtio."),
    GUEST_VIRTIO_DRIVERS(
            "guest.virtio-drivers",
            WARNING,
            "The VM gets virtio hardware, and its guest is not known to have the drivers; without them it does not boot.",
            "Set profile: boot-safe, or install the drivers before the move. Boot-safe protects booting, not the names of interfaces."),
    GUEST_VIRTIO_UNPROVEN(
            "guest.virtio-unproven",
            INFO,
            "Distributions of this kind build an initramfs for the hardware they run on; whether it has virtio drivers is unknown until the disk was read.",
            "Rebuild it with them before the move (dracut --no-hostonly -f), or set profile: boot-safe. Boot-safe protects booting, not the names of interfaces."),
    GUEST_INTERFACE_NAME(
            "guest.interface-name",
            WARNING,
            "The guest names its interface by the slot of the card, and the slot changes: the address will be held for it, but the guest will not configure it.",
            "Add a rule that names the interface by its MAC address in the guest before the move, or use DHCP. Neither profile protects the name."),
    GUEST_WINDOWS_STATIC_ADDRESS(
            "guest.windows-static-address",
            WARNING,
            "Windows keeps a static address with the card it was set for; the new card begins with DHCP.",
            "Use a network that answers DHCP with the held address, or set the address again after the move."),
    GUEST_NETWORK_UNKNOWN(
            "guest.network-unknown",
            INFO,
            "No guest agent reported this card's configuration, so nobody knows whether the guest has a static address.",
            "Run the VM with guest tools before planning, or look it up in the guest."),
    GUEST_FILE_SYSTEM_FULL(
            "guest.file-system-full",
            WARNING,
            "A file system of the guest has almost no room left; drivers and an initramfs for the new hardware may not fit.",
            "Make room in the guest before the move."),
    GUEST_HOST_NAME(
            "guest.host-name",
            INFO,
            "The guest agent reports no host name of its own.",
            "Set one in the guest if it should not come from DHCP."),

    DISK_ZERO_SIZE("disk.zero-size", BLOCKER, "The disk has no size.", "Repair or detach the disk at the source."),
    DISK_UNREADABLE("disk.unreadable", BLOCKER, "The disk's image could not be opened.", "Repair or export it again."),
    DISK_NOT_OPENED(
            "disk.not-opened",
            INFO,
            "The image was not opened for this plan; sizes are the inventory's and the bytes to move an upper bound.",
            ""),
    DISK_CAPACITY_MISMATCH(
            "disk.capacity-mismatch",
            WARNING,
            "The inventory and the image's own header differ in size; the image counts.",
            "Check that the right image is named in the VM's description."),
    DISK_RAW_LUN(
            "disk.raw-lun",
            BLOCKER,
            "The disk is a raw LUN, which is not a file that can be copied.",
            "Convert it to an ordinary disk, or detach it from the VM."),
    DISK_SHARED(
            "disk.shared",
            BLOCKER,
            "Several VMs may write this disk; copies would go separate ways.",
            "Detach it from all but one VM, or keep these VMs where they are."),
    DISK_ENCRYPTED(
            "disk.encrypted",
            BLOCKER,
            "The disk is encrypted by the source, which gives its content to nobody.",
            "Decrypt it at the source (change its storage policy while the VM is off), then plan again."),
    DISK_INDEPENDENT(
            "disk.independent",
            WARNING,
            "The disk is independent of snapshots; it can only be copied while the VM is off.",
            "Plan the downtime for its whole size."),
    DISK_NOT_IN_SNAPSHOT(
            "disk.not-in-snapshot",
            BLOCKER,
            "The disk is independent, so no snapshot holds it still while the VM runs.",
            "Set policy.running: shutdown, or make the disk dependent at the source."),
    DISK_MANY("disk.many", WARNING, "The VM has more than 165 disks, more than KubeVirt is tested with.", ""),
    DISK_BOOT_GUESSED("disk.boot-guessed", INFO, "The source tells no boot disk; the first disk boots.", ""),
    DISK_DEVICE_NAME(
            "disk.device-name",
            WARNING,
            "The guest knows this disk as /dev/sd…, on virtio it becomes /dev/vd…; a file system that is mounted by device name is not found.",
            "Mount by UUID in the guest's fstab, or set diskBus: scsi in a compute rule."),
    DISK_SERIAL_CHANGED(
            "disk.serial-changed", INFO, "The disk's serial was reduced to the characters that KubeVirt admits.", ""),

    STORAGE_UNMAPPED(
            "storage.unmapped",
            BLOCKER,
            "There are storage rules, and none matches this disk.",
            "Add a rule, or a last one with default: true."),
    STORAGE_BLOCKED(
            "storage.blocked",
            BLOCKER,
            "A storage rule refuses this disk.",
            "Move the disk at the source, or change the rule."),
    STORAGE_DEFAULT_CLASS(
            "storage.default-class",
            INFO,
            "No storage class is named, so the cluster's default is used.",
            "Name one in a storage rule."),
    STORAGE_CLASS_UNKNOWN(
            "storage.class-unknown",
            BLOCKER,
            "The storage class does not exist on the target.",
            "Name one of those that do, or create it."),
    STORAGE_NO_LIVE_MIGRATION(
            "storage.no-live-migration",
            INFO,
            "The volume can be used on one node at a time, so the VM cannot be moved between nodes while it runs.",
            "Use a class with ReadWriteMany if it must."),

    NETWORK_NONE("network.none", INFO, "The VM has no network card.", ""),
    NETWORK_UNMAPPED(
            "network.unmapped", BLOCKER, "No network rule matches this card.", "Add a rule under spec.networks."),
    NETWORK_BLOCKED(
            "network.blocked",
            BLOCKER,
            "A network rule refuses this card.",
            "Remove the card at the source, or change the rule."),
    NETWORK_IP_UNKNOWN(
            "network.ip-unknown",
            BLOCKER,
            "The address is to be kept, and none is known.",
            "Run the VM with guest tools before planning, or give the address under overrides[].nics[].ip."),
    NETWORK_IP_AMBIGUOUS(
            "network.ip-ambiguous",
            BLOCKER,
            "The address is to be kept, and there are several.",
            "Give the one to hold under overrides[].nics[].ip, or limit the rule with ip.families."),
    NETWORK_IP_LAST_SEEN(
            "network.ip-last-seen",
            INFO,
            "The address is the last one the guest reported, it did not run when it was looked at.",
            "Check that it still is."),
    NETWORK_MAC_UNKNOWN(
            "network.mac-unknown",
            WARNING,
            "The MAC address is to be kept, and the source does not tell it; the target makes a new one.",
            "Give it under overrides[].nics[].mac."),
    NETWORK_MAC_INVALID(
            "network.mac-invalid",
            BLOCKER,
            "The MAC address is none that a card can have on the target.",
            "Give another one under overrides[].nics[].mac, or set mac.policy: generate."),
    NETWORK_MAC_GENERATED(
            "network.mac-generated",
            INFO,
            "The rule asks for a new MAC address.",
            "Licences and DHCP reservations that are bound to the old one must be renewed."),
    NETWORK_DISCONNECTED("network.disconnected", INFO, "The card is not connected at the source, and stays so.", ""),
    NETWORK_TRUNK(
            "network.trunk",
            WARNING,
            "The card hangs on a trunk: the guest tags its VLANs itself, which the target's networks may not pass.",
            "Give each VLAN a card of its own, or use a network that passes tags."),
    NETWORK_SRIOV(
            "network.sriov",
            WARNING,
            "The card is an SR-IOV function; it becomes an ordinary one.",
            "Set up SR-IOV on the target where it is needed."),

    DEVICE_PASSTHROUGH(
            "device.passthrough",
            BLOCKER,
            "A host device is passed through to the VM; it cannot be carried over.",
            "Remove it from the VM at the source."),
    DEVICE_GPU(
            "device.gpu",
            BLOCKER,
            "The VM has a graphics processor of its host; it cannot be carried over.",
            "Remove it from the VM at the source."),
    DEVICE_USB("device.usb", WARNING, "USB devices are not carried over.", "Attach what is needed on the target."),
    DEVICE_CDROM("device.cdrom", INFO, "CD-ROM drives and what is in them are not carried over.", ""),
    DEVICE_FLOPPY("device.floppy", INFO, "Floppy drives are not carried over.", ""),
    DEVICE_SOUND("device.sound", WARNING, "The sound card is not carried over.", ""),
    DEVICE_SERIAL(
            "device.serial",
            WARNING,
            "Serial ports are not carried over, except for KubeVirt's own console.",
            "Check that nothing in the guest waits for one."),
    DEVICE_PARALLEL("device.parallel", WARNING, "Parallel ports are not carried over.", ""),
    DEVICE_WATCHDOG(
            "device.watchdog",
            WARNING,
            "The watchdog is not carried over.",
            "Add one to the VM on the target if it is needed."),
    DEVICE_OTHER("device.other", INFO, "A device of another kind is not carried over.", ""),

    OVERRIDE_UNKNOWN_RULE(
            "override.unknown-rule",
            BLOCKER,
            "An override names a network rule that does not exist.",
            "Name one of the rules, or give the target in full with 'to'."),
    OVERRIDE_UNKNOWN_DEVICE(
            "override.unknown-device",
            BLOCKER,
            "An override is for a card or disk that the VM does not have.",
            "Correct its number; they count from 0."),
    OVERRIDE_AMBIGUOUS(
            "override.ambiguous",
            BLOCKER,
            "An override is for several VMs of the same name.",
            "Add the override's 'source', or use the source's own key as 'vm'."),
    OVERRIDE_NO_VM(
            "override.no-vm",
            WARNING,
            "An override is for a VM that is not in the plan.",
            "Correct its name, or remove it."),

    PLAN_NO_VMS(
            "plan.no-vms",
            BLOCKER,
            "No VM was selected.",
            "Check spec.sources and spec.select; 'vmferry inventory' lists what is there."),
    PLAN_DUPLICATE_VM(
            "plan.duplicate-vm", BLOCKER, "The same VM is in the plan twice.", "Check that no two sources lead to it."),
    PLAN_DUPLICATE_NAME(
            "plan.duplicate-name",
            BLOCKER,
            "Two VMs get the same name in the same namespace.",
            "Give one of them another name or namespace under overrides."),
    PLAN_DUPLICATE_MAC(
            "plan.duplicate-mac",
            BLOCKER,
            "Two cards get the same MAC address.",
            "Give one of them another under overrides[].nics[].mac, or set mac.policy: generate."),
    PLAN_DUPLICATE_IP(
            "plan.duplicate-ip",
            BLOCKER,
            "The same address is to be held for two cards.",
            "Give one of them another under overrides[].nics[].ip."),
    PLAN_DUPLICATE_UUID(
            "plan.duplicate-uuid",
            WARNING,
            "Two VMs have the same BIOS UUID, as clones do; software that tells machines apart by it takes them for one.",
            "Check licences, backup and monitoring."),
    PLAN_RULE_UNUSED(
            "plan.rule-unused",
            INFO,
            "A rule matched nothing.",
            "Check its condition for typing errors, or remove it."),
    SOURCE_INSECURE(
            "source.insecure",
            WARNING,
            "The connection to a source is not verified.",
            "Give the server's certificate authority or fingerprint instead of insecure: true.");

    private final String code;
    private final Severity severity;
    private final String meaning;
    private final String remedy;

    PlanFinding(String code, Severity severity, String meaning, String remedy) {
        this.code = code;
        this.severity = severity;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    public String code() {
        return code;
    }

    public Severity severity() {
        return severity;
    }

    /** What it means in general, one or two sentences. */
    public String meaning() {
        return meaning;
    }

    /** What to do in general; empty when there is nothing to do. */
    public String remedy() {
        return remedy;
    }

    /** Says just what it means in general. */
    public Finding about(String subject) {
        return about(subject, meaning);
    }

    public Finding about(String subject, String message) {
        return about(subject, message, remedy);
    }

    public Finding about(String subject, String message, String ownRemedy) {
        return new Finding(code, severity, subject, sentence(message), ownRemedy);
    }

    /** Checks name the thing first ("it has snapshots"); a reader of the report sees a sentence that stands alone. */
    private static String sentence(String text) {
        String begun = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return begun.endsWith(".") ? begun : begun + ".";
    }
}
