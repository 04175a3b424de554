package io.vmferry.kubevirt.directory;

import io.vmferry.kubevirt.TargetFinding;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.PreparedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a VM's disks have room where its folder is or will be. */
record FreeSpace(VmFolder folder) {

    /** A finding when what is still to be written is more than what is free. What has been begun already lies there. */
    Optional<Finding> shortage(VmPlan vm) {
        long needed = 0;
        for (DiskPlan disk : vm.disks()) {
            DiskFiles files = DiskFiles.of(folder, vm, disk);
            PreparedDisk.State state = files.look(disk).state();
            if (state == PreparedDisk.State.NEW) {
                needed += disk.bytesToWrite();
            } else if (state == PreparedDisk.State.BEGUN) {
                needed += Math.max(0, disk.bytesToWrite() - length(files.partial()));
            }
        }
        Path existing = folder.path();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            if (needed <= free) {
                return Optional.empty();
            }
            return Optional.of(TargetFinding.SPACE_SHORT.on(
                    vm.vm().name(),
                    "The disks need about " + mib(needed) + " MiB, and " + mib(free) + " MiB are free in " + existing
                            + ".",
                    "Free some space, choose another target folder, or compress the disks."));
        } catch (IOException e) {
            // Some network file systems do not tell; a full disk is then met when it is full.
            return Optional.empty();
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private static long mib(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
