package io.vmferry.spi.plan;

import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.Firmware;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The virtual machine to be created.
 *
 * @param name DNS-1123 label of at most 63 characters; empty while nothing gave it one (which blocks)
 * @param memoryBytes guest memory, a multiple of 1 MiB
 * @param uuid firmware UUID that the guest sees; null lets the target choose
 * @param serial firmware serial, already in the characters that the target admits; null none
 * @param machine machine type, {@code q35} as a rule
 * @param clock {@code utc} or a timezone name
 * @param profile {@code virtio}, or {@code boot-safe} (SATA disks and e1000e cards)
 * @param start start it when it was created; otherwise it stays halted
 * @param labels and annotations further ones, from rules and tags; ours are added by the target
 */
public record TargetVm(
        String name,
        String namespace,
        Cpu cpu,
        long memoryBytes,
        Firmware firmware,
        @Nullable String uuid,
        @Nullable String serial,
        String machine,
        String clock,
        String profile,
        boolean start,
        Map<String, String> labels,
        Map<String, String> annotations) {
    public static final String VIRTIO = "virtio";
    public static final String BOOT_SAFE = "boot-safe";

    public TargetVm {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    public TargetVm named(String newName, String newNamespace) {
        return new TargetVm(
                newName,
                newNamespace,
                cpu,
                memoryBytes,
                firmware,
                uuid,
                serial,
                machine,
                clock,
                profile,
                start,
                labels,
                annotations);
    }
}
