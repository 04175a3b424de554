package io.vmferry.kubevirt.check;

import io.vmferry.kubevirt.TargetFinding;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.target.TargetFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Disks and their volumes. */
final class DiskCheck implements VmCheck {
    private static final int MOST = 256;
    private static final int SEEN_BY_VIRTIO_GUEST = 20;
    private static final String READ_WRITE_MANY = "ReadWriteMany";
    private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9_.+-]{1,256}");
    private static final Set<String> BUSES = Set.of("virtio", "sata", "scsi");
    private static final Set<String> BUSES_WITHOUT_SATA = Set.of("virtio", "scsi");
    private static final Set<String> VOLUME_MODES = Set.of("Block", "Filesystem");
    private static final Set<String> ACCESS_MODES =
            Set.of("ReadWriteOnce", READ_WRITE_MANY, "ReadOnlyMany", "ReadWriteOncePod");

    @Override
    public List<Finding> check(VmPlan vm, TargetFacts facts) {
        List<Finding> findings = new ArrayList<>();
        if (vm.disks().size() > MOST) {
            findings.add(TargetFinding.TOO_MANY_DEVICES.on(
                    vm.vm().name(),
                    "The VM has " + vm.disks().size() + " disks; KubeVirt admits " + MOST + ".",
                    "Detach some at the source or leave this VM out."));
        }
        boolean amd64 = vm.target().cpu().architecture().equals("amd64");
        for (DiskPlan disk : vm.disks()) {
            String subject = vm.vm().name() + " / " + disk.disk().label();
            bus(findings, subject, disk, amd64 ? BUSES : BUSES_WITHOUT_SATA);
            serial(findings, subject, disk);
            shared(findings, subject, disk, facts);
            volume(findings, subject, disk, facts);
        }
        return findings;
    }

    private static void bus(List<Finding> findings, String subject, DiskPlan disk, Set<String> buses) {
        if (!buses.contains(disk.bus())) {
            findings.add(TargetFinding.BUS_REFUSED.on(
                    subject,
                    "KubeVirt refuses the disk bus \"" + disk.bus() + "\" here.",
                    "Use one of " + String.join(", ", buses.stream().sorted().toList()) + "."));
        }
    }

    private static void serial(List<Finding> findings, String subject, DiskPlan disk) {
        String serial = disk.serial();
        if (serial == null) {
            return;
        }
        if (!SERIAL.matcher(serial).matches()) {
            findings.add(TargetFinding.DISK_SERIAL_INVALID.on(
                    subject,
                    "KubeVirt refuses the disk serial \"" + serial + "\".",
                    "Use letters, digits and _ . + -, 256 at most, or no serial."));
        } else if (disk.bus().equals("virtio") && serial.length() > SEEN_BY_VIRTIO_GUEST) {
            findings.add(TargetFinding.DISK_SERIAL_CUT.on(
                    subject,
                    "The guest sees \"" + serial.substring(0, SEEN_BY_VIRTIO_GUEST)
                            + "\" of the disk's serial: virtio shows 20 characters.",
                    "Check configuration inside the guest that names disks by their serial."));
        }
    }

    private static void shared(List<Finding> findings, String subject, DiskPlan disk, TargetFacts facts) {
        if (!disk.disk().shared()) {
            return;
        }
        if (!facts.can(TargetFeature.SHAREABLE_DISK)) {
            findings.add(TargetFinding.SHAREABLE_UNSUPPORTED.on(
                    subject,
                    "Several VMs share this disk, which KubeVirt " + facts.kubevirtVersion()
                            + " cannot express (0.51 is the first that can).",
                    "Choose a newer target, or leave the VMs that share it out."));
        } else if (!READ_WRITE_MANY.equals(disk.accessMode())) {
            findings.add(TargetFinding.SHARED_VOLUME.on(
                    subject,
                    "Several VMs share this disk, but its volume is not planned as ReadWriteMany.",
                    "Map its storage to a class and access mode that several nodes can use."));
        }
    }

    private static void volume(List<Finding> findings, String subject, DiskPlan disk, TargetFacts facts) {
        String volumeMode = disk.volumeMode();
        String accessMode = disk.accessMode();
        if ((volumeMode != null && !VOLUME_MODES.contains(volumeMode))
                || (accessMode != null && !ACCESS_MODES.contains(accessMode))) {
            findings.add(
                    TargetFinding.VOLUME_MODE_INVALID.on(
                            subject,
                            "Volume mode \"" + volumeMode + "\" with access mode \"" + accessMode
                                    + "\" does not exist.",
                            "Use Block or Filesystem with ReadWriteOnce or ReadWriteMany, or leave both to the storage profile."));
        }
        if (!disk.format().equals("qcow2") && !disk.format().equals("raw")) {
            findings.add(TargetFinding.FORMAT_UNSUPPORTED.on(
                    subject, "The disk format \"" + disk.format() + "\" is not written here.", "Use qcow2 or raw."));
        }
        if (disk.format().equals("raw") && !facts.can(TargetFeature.SPARSE_RAW_UPLOAD)) {
            findings.add(TargetFinding.RAW_UPLOAD_NOT_SPARSE.on(
                    subject,
                    "CDI " + facts.cdiVersion() + " writes every byte of a raw upload, so that thin storage fills up.",
                    "Use the format qcow2, which keeps holes."));
        }
    }
}
