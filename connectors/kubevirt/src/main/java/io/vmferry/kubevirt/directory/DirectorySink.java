package io.vmferry.kubevirt.directory;

import io.vmferry.kubevirt.TargetError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.target.DiskEvidence;
import io.vmferry.spi.target.DiskSink;
import io.vmferry.spi.target.PreparedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A disk growing in its partial file; holds the disk's lock until it is closed or committed. */
final class DirectorySink implements DiskSink.Seekable {
    private final DiskFiles files;
    private final DiskPlan plan;
    private final DiskLock lock;
    private final FileStore store;
    private boolean open = true;

    private DirectorySink(DiskFiles files, DiskPlan plan, DiskLock lock, FileStore store) {
        this.files = files;
        this.plan = plan;
        this.lock = lock;
        this.store = store;
    }

    static DirectorySink open(DiskFiles files, DiskPlan plan) {
        DiskLock lock = DiskLock.take(files.lock(), files.last());
        boolean kept = false;
        try {
            PreparedDisk found = files.look(plan);
            if (found.state() == PreparedDisk.State.FINISHED) {
                throw new VmferryException(
                        TargetError.TARGET_DISK_FINISHED,
                        files.last().toString(),
                        "the disk is finished, nothing is to be written",
                        "Remove the disk with vmferry cleanup to have it copied again.");
            }
            if (found.state() == PreparedDisk.State.NEW) {
                Files.deleteIfExists(files.partial());
                Records.write(files.stamp(), DiskStamp.of(plan));
            }
            if (Files.exists(files.partial(), LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(files.partial(), LinkOption.NOFOLLOW_LINKS)) {
                throw new VmferryException(
                        TargetError.TARGET_FILE_FOREIGN,
                        files.partial().toString(),
                        "it is not a plain file",
                        "Remove it, then run the same command again.");
            }
            FileStore store = FileStore.open(files.partial());
            kept = true;
            return new DirectorySink(files, plan, lock, store);
        } catch (IOException e) {
            throw IoFailure.writing(files.partial().toString(), e);
        } finally {
            if (!kept) {
                lock.close();
            }
        }
    }

    @Override
    public ByteStore store() {
        return store;
    }

    @Override
    public void commit(DiskEvidence evidence) {
        if (!open) {
            throw new IllegalStateException("the sink of " + files.last() + " is closed");
        }
        check(evidence);
        store.force();
        store.close();
        try {
            Optional<Path> earlier = files.finished(files.storedEvidence());
            if (earlier.isPresent()) {
                // A copy by an earlier plan. Without it, old file and new evidence cannot meet in a crash.
                Files.delete(earlier.get());
            }
            long length = Files.size(files.partial());
            Instant modified = Files.getLastModifiedTime(files.partial()).toInstant();
            Records.write(
                    files.evidence(),
                    StoredEvidence.of(evidence, files.last().getFileName().toString(), length, modified));
            AtomicFile.move(files.partial(), files.last());
            Files.deleteIfExists(files.stamp());
        } catch (IOException e) {
            throw IoFailure.writing(files.last().toString(), e);
        }
        close();
    }

    private void check(DiskEvidence evidence) {
        long length = store.size();
        if (evidence.bytesWritten() > length) {
            throw mismatch("its file has " + length + " bytes, and " + evidence.bytesWritten()
                    + " are said to have been written");
        }
        if (!evidence.format().equals(plan.format())
                || !Objects.equals(evidence.encoding(), plan.encoding())
                || evidence.virtualSize() != plan.virtualSize()) {
            throw mismatch("its evidence says format " + evidence.format() + ", encoding " + evidence.encoding()
                    + " and " + evidence.virtualSize() + " bytes, the plan says " + plan.format() + ", "
                    + plan.encoding() + " and " + plan.virtualSize());
        }
    }

    private VmferryException mismatch(String reason) {
        return new VmferryException(
                TargetError.TARGET_EVIDENCE_MISMATCH, files.last().toString(), reason, "Report this as a defect.");
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            try (lock) {
                store.close();
            }
        }
    }
}
