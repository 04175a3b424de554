package io.vmferry.batch.migration;

import io.vmferry.batch.BatchError;
import io.vmferry.batch.live.DiskProgress;
import io.vmferry.batch.live.LiveBoard;
import io.vmferry.batch.store.DiskRecord;
import io.vmferry.batch.store.DiskStore;
import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.CopyState;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.converter.copy.NoTarget;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ContentDigest;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.plan.DiskPlan;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a finished disk back and compares its content digest with the one taken at the source. */
public final class ProveDisk implements DiskWork.Factory {
    private static final String NOT_POSSIBLE = "not proven: this target cannot be read back";

    private final DiskStore disks;
    private final LiveBoard live;
    private final int threads;

    public ProveDisk(DiskStore disks, LiveBoard live, int threads) {
        this.disks = disks;
        this.live = live;
        this.threads = threads;
    }

    @Override
    public String name() {
        return "prove";
    }

    @Override
    public DiskWork open(VmMigration migration, DiskPlan disk, @Nullable String checkpoint) {
        DiskRecord record = disks.of(migration.id(), disk.key()).orElseThrow();
        Optional<ByteSource> readBack =
                record.proof().isEmpty() ? migration.target().readBack(migration.plan(), disk) : Optional.empty();
        if (readBack.isEmpty()) {
            return new Nothing(() -> {
                if (record.proof().isEmpty()) {
                    disks.put(migration.id(), record.proven(NOT_POSSIBLE));
                }
            });
        }
        return new Reading(migration, disk, record, ImageFormats.open(readBack.get(), name -> {
            throw new IllegalStateException("a disk of ours names no other file: " + name);
        }));
    }

    /** There is nothing to read: proven before, or not readable. */
    private record Nothing(Runnable note) implements DiskWork {
        @Override
        public boolean slice(Duration budget) {
            note.run();
            return true;
        }

        @Override
        public @Nullable String checkpoint() {
            return null;
        }

        @Override
        public void requestStop() {
            // Done in no time.
        }

        @Override
        public void close() {
            // Holds nothing open.
        }
    }

    private final class Reading implements DiskWork {
        private final VmMigration migration;
        private final DiskPlan disk;
        private final DiskRecord record;
        private final DiskImage image;
        private final DiskCopy copy;

        Reading(VmMigration migration, DiskPlan disk, DiskRecord record, DiskImage image) {
            this.migration = migration;
            this.disk = disk;
            this.record = record;
            this.image = image;
            CopyOptions options = CopyOptions.of(migration.subject(disk))
                    .withThreads(threads)
                    .withProgress((position, counts) -> live.progress(
                            migration.id(),
                            disk.key() + "/prove",
                            new DiskProgress(
                                    migration.plan().vm().name(),
                                    disk.disk().label(),
                                    "prove",
                                    position,
                                    image.virtualSize())));
            this.copy = DiskCopy.start(image, new NoTarget(), options, null, null);
        }

        @Override
        public boolean slice(Duration budget) {
            if (copy.slice(budget) != CopyState.COMPLETE) {
                return false;
            }
            ContentDigest found = Objects.requireNonNull(copy.finish().digest());
            if (!found.hex().equals(record.digest())) {
                throw new VmferryException(
                        BatchError.PROOF_FAILED,
                        migration.subject(disk),
                        "what was read back has digest " + found.hex() + ", the source had " + record.digest(),
                        "Do not use this disk. Check the medium it lies on, remove it and migrate again.");
            }
            disks.put(migration.id(), record.proven("read back, digest equal"));
            return true;
        }

        @Override
        public @Nullable String checkpoint() {
            return null;
        }

        @Override
        public void requestStop() {
            copy.requestStop();
        }

        @Override
        public void close() {
            copy.close();
            image.close();
        }
    }
}
