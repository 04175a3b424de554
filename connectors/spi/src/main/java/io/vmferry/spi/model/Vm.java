package io.vmferry.spi.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a source says about a virtual machine and that planning, mapping or building may need.
 *
 * @param identity identifiers to carry over
 * @param power state when it was described
 * @param memoryBytes guest memory
 * @param clock what the guest's hardware clock shows: {@code utc}, {@code localtime}, or a timezone name; null unknown
 * @param disks in the source's own order, which is the guest's
 * @param nics in the source's own order
 * @param devices everything that is neither disk nor NIC and may matter: passthrough, USB, CD-ROM, TPM, sound
 * @param placement where it lies in the source's inventory
 * @param tags category to values; custom attributes and labels alike
 * @param features flags of the source by its own name, for instance {@code cpuHotAdd=true}; facts that rules may match
 * @param notices what the connector could not read, or read with a doubt
 */
public record Vm(
        VmRef ref,
        Identity identity,
        PowerState power,
        boolean template,
        GuestOs guest,
        Cpu cpu,
        long memoryBytes,
        Firmware firmware,
        @Nullable String clock,
        List<Disk> disks,
        List<Nic> nics,
        List<Device> devices,
        List<Snapshot> snapshots,
        Placement placement,
        Map<String, List<String>> tags,
        Map<String, String> features,
        String annotation,
        List<Notice> notices) {
    public Vm {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
        devices = List.copyOf(devices);
        snapshots = List.copyOf(snapshots);
        tags = Facts.ordered(tags);
        features = Facts.ordered(features);
        notices = List.copyOf(notices);
    }

    /** The same with other facts about its cards. */
    public Vm withNics(List<Nic> changed) {
        return new Vm(
                ref,
                identity,
                power,
                template,
                guest,
                cpu,
                memoryBytes,
                firmware,
                clock,
                disks,
                changed,
                devices,
                snapshots,
                placement,
                tags,
                features,
                annotation,
                notices);
    }

    public String name() {
        return ref.name();
    }
}
