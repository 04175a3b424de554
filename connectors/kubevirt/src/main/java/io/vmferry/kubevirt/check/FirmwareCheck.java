package io.vmferry.kubevirt.check;

import io.vmferry.kubevirt.TargetFinding;
import io.vmferry.kubevirt.syntax.FirmwareSerial;
import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.target.TargetFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Firmware, its identifiers, and what it remembers. Secure boot without SMM cannot come up: the manifest couples them. */
final class FirmwareCheck implements VmCheck {
    private static final Pattern UUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    @Override
    public List<Finding> check(VmPlan vm, TargetFacts facts) {
        List<Finding> findings = new ArrayList<>();
        String subject = vm.vm().name();
        TargetVm target = vm.target();
        identifiers(findings, subject, target);
        boolean efi = target.firmware().kind() == Firmware.Kind.EFI;
        boolean arm = target.cpu().architecture().equals("arm64");
        if (arm && (!efi || target.firmware().secureBoot())) {
            findings.add(TargetFinding.FIRMWARE_UNSUPPORTED.on(
                    subject,
                    "KubeVirt has neither BIOS nor secure boot for arm64.",
                    "Set the firmware to EFI without secure boot."));
        }
        if (efi && !facts.can(TargetFeature.PERSISTENT_EFI)) {
            findings.add(TargetFinding.EFI_NOT_PERSISTENT.on(
                    subject,
                    "KubeVirt " + facts.kubevirtVersion() + " forgets EFI variables at every stop (kept from 1.1 on).",
                    "Make sure the guest has the fallback loader EFI/BOOT/BOOTX64.EFI on its EFI partition."));
        }
        tpm(findings, subject, target, facts);
        boolean keepsTpm = target.firmware().tpm() && facts.can(TargetFeature.PERSISTENT_TPM);
        boolean keepsEfi = efi && facts.can(TargetFeature.PERSISTENT_EFI);
        if (keepsTpm || keepsEfi) {
            findings.add(TargetFinding.STATE_VOLUME.on(
                    subject,
                    (keepsEfi ? "EFI variables" : "The TPM's content")
                            + (keepsEfi && keepsTpm ? " and the TPM's content are" : keepsEfi ? " are" : " is")
                            + " kept in a small volume that KubeVirt makes for the VM.",
                    "Make sure the cluster has a storage class for it (vmStateStorageClass) and, in older versions, the"
                            + " feature gate VMPersistentState."));
        }
        return findings;
    }

    private static void identifiers(List<Finding> findings, String subject, TargetVm target) {
        String uuid = target.uuid();
        if (uuid != null && !UUID.matcher(uuid).matches()) {
            findings.add(TargetFinding.UUID_INVALID.on(
                    subject, "\"" + uuid + "\" is not a UUID.", "Set the VM's UUID, or none to get a new one."));
        }
        String serial = target.serial();
        if (serial != null && !serial.equals(FirmwareSerial.admitted(serial))) {
            String admitted = FirmwareSerial.admitted(serial);
            findings.add(TargetFinding.SERIAL_CHANGED.on(
                    subject,
                    "The guest will see "
                            + (admitted.isEmpty() ? "no serial number" : "the serial number \"" + admitted + "\"")
                            + " instead of \"" + serial + "\", which has characters that KubeVirt does not admit.",
                    "Check software that is licensed by the machine's serial number."));
        }
    }

    private static void tpm(List<Finding> findings, String subject, TargetVm target, TargetFacts facts) {
        if (!target.firmware().tpm()) {
            return;
        }
        if (!facts.can(TargetFeature.TPM)) {
            findings.add(TargetFinding.TPM_UNSUPPORTED.on(
                    subject,
                    "KubeVirt " + facts.kubevirtVersion() + " has no virtual TPM (0.53 is the first that has).",
                    "Suspend disk encryption that relies on the TPM before the move, or choose a newer target."));
        } else if (!facts.can(TargetFeature.PERSISTENT_TPM)) {
            findings.add(TargetFinding.TPM_NOT_PERSISTENT.on(
                    subject,
                    "The TPM of KubeVirt " + facts.kubevirtVersion() + " is empty after every stop (kept from 1.0 on).",
                    "Do not let disk encryption rely on the TPM, or choose a newer target."));
        }
    }
}
