package io.vmferry.kubevirt.directory;

import io.vmferry.kubevirt.TargetError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.PreparedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of one disk in a VM's folder, and what they say about how far it is.
 *
 * <p>The copy grows in {@code .NAME.partial}, with a stamp of what it is a copy of beside it. At the commit the evidence is
 * written first and the partial file renamed after it; so whatever a crash leaves, a disk under its final name has its evidence,
 * and one that has none was put there by somebody else.
 *
 * @param folder the VM's
 * @param name of the disk
 * @param format also the final file's extension
 */
record DiskFiles(Path folder, String name, String format) {
    private static final List<String> FORMATS = List.of("qcow2", "raw");

    static DiskFiles of(VmFolder folder, VmPlan vm, DiskPlan disk) {
        if (!FORMATS.contains(disk.format())) {
            throw new VmferryException(
                    TargetError.TARGET_FORMAT_UNSUPPORTED,
                    vm.vm().name() + " / " + disk.disk().label(),
                    "the folder takes no disks in the format \"" + disk.format() + "\"",
                    "Use the format qcow2 or raw.");
        }
        return new DiskFiles(folder.path(), VmFolder.label("disk", disk.name(), vm), disk.format());
    }

    Path last() {
        return folder.resolve(name + "." + format);
    }

    Path evidence() {
        return folder.resolve(name + ".evidence.json");
    }

    Path partial() {
        return folder.resolve("." + name + ".partial");
    }

    Path stamp() {
        return folder.resolve("." + name + ".partial.json");
    }

    Path lock() {
        return folder.resolve("." + name + ".lock");
    }

    /** How far the disk is. Looks only; an error when files in its place are not ours or not as we left them. */
    PreparedDisk look(DiskPlan plan) {
        Optional<StoredEvidence> stored = storedEvidence();
        finished(stored);
        if (stored.isPresent() && exists(last()) && stored.get().fits(plan)) {
            return new PreparedDisk(
                    PreparedDisk.State.FINISHED, last().toString(), stored.get().evidence());
        }
        PreparedDisk.State state = continuable(plan) ? PreparedDisk.State.BEGUN : PreparedDisk.State.NEW;
        return new PreparedDisk(state, last().toString(), null);
    }

    Optional<StoredEvidence> storedEvidence() {
        return Records.read(evidence(), StoredEvidence.class, StoredEvidence.SCHEMA);
    }

    /** Whether a partial file is there that the planned copy can go on with. */
    boolean continuable(DiskPlan plan) {
        if (!exists(partial())) {
            return false;
        }
        return Records.read(stamp(), DiskStamp.class, DiskStamp.SCHEMA)
                .filter(DiskStamp.of(plan)::equals)
                .isPresent();
    }

    /** The finished file, of whatever format; empty when there is none. An error when it is not ours or was changed. */
    Optional<Path> finished(Optional<StoredEvidence> stored) {
        Optional<Path> finished = Optional.empty();
        for (String extension : FORMATS) {
            Path file = folder.resolve(name + "." + extension);
            if (!exists(file)) {
                continue;
            }
            if (stored.isEmpty()
                    || !stored.get().file().equals(file.getFileName().toString())) {
                throw new VmferryException(
                        TargetError.TARGET_FILE_FOREIGN,
                        file.toString(),
                        "the file exists, and there is no evidence that vmferry finished it",
                        "Move it away, then run the same command again.");
            }
            if (!asCommitted(stored.get(), file)) {
                throw new VmferryException(
                        TargetError.TARGET_DISK_CHANGED,
                        file.toString(),
                        "it was changed after vmferry had finished it",
                        "Move it away to have the disk copied again, or work with it without vmferry.");
            }
            finished = Optional.of(file);
        }
        return finished;
    }

    static boolean asCommitted(StoredEvidence stored, Path file) {
        try {
            return stored.describes(file);
        } catch (IOException e) {
            throw IoFailure.reading(file.toString(), e);
        }
    }

    private static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
