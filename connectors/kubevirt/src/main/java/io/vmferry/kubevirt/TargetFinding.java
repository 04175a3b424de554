package io.vmferry.kubevirt;

import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.Severity;
import java.util.Locale;

/**
 * What the target side finds about a plan. The code is {@code target.} and the name in lower case with dashes.
 *
 * <p>A blocker is what the target would refuse, or what would make two VMs damage each other; a warning is what works otherwise
 * than at the source.
 */
public enum TargetFinding {
    /** A namespace, VM, disk or card has a name that Kubernetes refuses. */
    NAME_INVALID(Severity.BLOCKER),
    /** Two disks, or two cards, of one VM have the same name. */
    NAME_DUPLICATE(Severity.BLOCKER),
    /** A label or annotation has a key or value that Kubernetes refuses. */
    LABEL_INVALID(Severity.BLOCKER),
    /** A label is one that vmferry sets itself. */
    LABEL_RESERVED(Severity.WARNING),
    /** All annotations together are longer than Kubernetes stores. */
    ANNOTATIONS_TOO_LARGE(Severity.BLOCKER),
    /** The number of sockets, cores or threads cannot be. */
    CPU_INVALID(Severity.BLOCKER),
    /** The guest has less memory than KubeVirt starts a VM with. */
    MEMORY_TOO_SMALL(Severity.BLOCKER),
    /** The processor architecture is unknown, or no node of the target has it. */
    ARCHITECTURE_UNSUPPORTED(Severity.BLOCKER),
    /** The machine type does not exist for the architecture, or KubeVirt does not offer it. */
    MACHINE_REFUSED(Severity.BLOCKER),
    /** The architecture has no such firmware. */
    FIRMWARE_UNSUPPORTED(Severity.BLOCKER),
    /** The firmware UUID is none. */
    UUID_INVALID(Severity.BLOCKER),
    /** The firmware serial has characters that KubeVirt does not admit; the guest will see another one. */
    SERIAL_CHANGED(Severity.WARNING),
    /** The timezone of the clock is unknown; the guest's clock would show UTC. */
    CLOCK_UNKNOWN(Severity.WARNING),
    /** The target's version has no virtual TPM. */
    TPM_UNSUPPORTED(Severity.WARNING),
    /** The target's version has a TPM, but forgets its content at every stop. */
    TPM_NOT_PERSISTENT(Severity.WARNING),
    /** The target's version forgets EFI variables, boot entries among them, at every stop. */
    EFI_NOT_PERSISTENT(Severity.WARNING),
    /** EFI variables or TPM content are kept in a small volume of their own, which the cluster must offer. */
    STATE_VOLUME(Severity.INFO),
    /** The VM has more disks or cards than KubeVirt admits. */
    TOO_MANY_DEVICES(Severity.BLOCKER),
    /** The disk's bus does not exist on the target. */
    BUS_REFUSED(Severity.BLOCKER),
    /** A place in the boot order is below 1 or taken twice. */
    BOOT_ORDER_INVALID(Severity.BLOCKER),
    /** The disk's serial has characters that KubeVirt refuses, or too many. */
    DISK_SERIAL_INVALID(Severity.BLOCKER),
    /** The guest sees only the first 20 characters of the disk's serial. */
    DISK_SERIAL_CUT(Severity.INFO),
    /** The target's version cannot attach one disk to several VMs. */
    SHAREABLE_UNSUPPORTED(Severity.BLOCKER),
    /** A disk for several VMs lies on a volume that one node can use at a time. */
    SHARED_VOLUME(Severity.WARNING),
    /** The volume or access mode is none that Kubernetes has. */
    VOLUME_MODE_INVALID(Severity.BLOCKER),
    /** The disk format is none that the target stores. */
    FORMAT_UNSUPPORTED(Severity.BLOCKER),
    /** The target's CDI writes every byte of a raw upload, zeros too. */
    RAW_UPLOAD_NOT_SPARSE(Severity.INFO),
    /** The card's network is not decided, or its driver does not exist. */
    NETWORK_DRIVER_UNKNOWN(Severity.BLOCKER),
    /** The settings of a network name nothing that can exist. */
    NETWORK_NAME_INVALID(Severity.BLOCKER),
    /** More than one card on the pod network, which a pod has once. */
    POD_NETWORK_TWICE(Severity.BLOCKER),
    /** The binding is unknown, or impossible on this network. */
    BINDING_REFUSED(Severity.BLOCKER),
    /** The card's model does not exist on the target. */
    NIC_MODEL_REFUSED(Severity.BLOCKER),
    /** The MAC address is none that a card can have. */
    MAC_INVALID(Severity.BLOCKER),
    /** The card is unplugged at the source, but the target's version can only have it plugged in. */
    NIC_STATE_UNSUPPORTED(Severity.WARNING),
    /** The card's address is recorded, but this target cannot reserve it. */
    ADDRESS_NOT_RESERVED(Severity.WARNING),
    /** The card cannot have the planned address on this network. */
    ADDRESS_NOT_KEPT(Severity.WARNING),
    /** With this network the VM cannot be migrated between nodes while it runs. */
    LIVE_MIGRATION_IMPOSSIBLE(Severity.INFO),
    /** What is in the way on the target: a foreign folder or file. */
    PLACE_TAKEN(Severity.BLOCKER),
    /** The target's folder has not enough free space for the VM's disks. */
    SPACE_SHORT(Severity.BLOCKER);

    private final Severity severity;

    TargetFinding(Severity severity) {
        this.severity = severity;
    }

    public String code() {
        return "target." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Finding on(String subject, String message, String remedy) {
        return new Finding(code(), severity, subject, message, remedy);
    }
}
