package io.vmferry.batch.migration;

import io.vmferry.batch.DiskImages;
import io.vmferry.batch.live.DiskProgress;
import io.vmferry.batch.live.LiveBoard;
import io.vmferry.batch.store.DiskRecord;
import io.vmferry.batch.store.DiskStore;
import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.copy.CopyCheckpoint;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.CopyResult;
import io.vmferry.converter.copy.CopyState;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.image.ContentDigest;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.report.RunState;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.target.DiskEvidence;
import io.vmferry.spi.target.DiskSink;
import io.vmferry.spi.target.PreparedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One disk on its way from source to sink. Everything it opened is closed in reverse order. */
final class DiskTransfer implements DiskWork {
    private final VmMigration migration;
    private final DiskPlan disk;
    private final PreparedDisk prepared;
    private final DiskStore disks;
    private final Path digestLog;
    private final DiskRecord before;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final DiskContent content;
    private final DiskSink.Seekable sink;
    private final DiskCopy copy;
    private final boolean resumable;
    private long nanos;

    private DiskTransfer(
            VmMigration migration,
            DiskPlan disk,
            PreparedDisk prepared,
            @Nullable String checkpoint,
            DiskStore disks,
            LiveBoard live,
            Path stateFolder,
            int threads,
            UnaryOperator<DiskImage> source) {
        this.migration = migration;
        this.disk = disk;
        this.prepared = prepared;
        this.disks = disks;
        this.digestLog = stateFolder.resolve(migration.id().migration() + "-"
                + migration.id().vm() + "-" + migration.id().generation() + "-" + disk.key() + ".digests");
        try {
            this.content = keep(migration.source().openDisk(migration.plan().vm(), disk.disk(), migration.point()));
            this.resumable = !(content instanceof DiskContent.Stream);
            @Nullable CopyCheckpoint from = checkpoint == null || !resumable ? null : CopyCheckpoint.parse(checkpoint);
            this.before = from == null
                    ? fresh()
                    : disks.of(migration.id(), disk.key()).orElseGet(this::fresh);
            // Today's only kind of sink; an upload is another branch here, and starts again after a failure.
            this.sink = keep((DiskSink.Seekable) migration.target().openSink(migration.plan(), disk));
            CopyOptions options = CopyOptions.of(migration.subject(disk))
                    .withThreads(threads)
                    .withProgress((position, counts) -> live.progress(
                            migration.id(),
                            disk.key(),
                            new DiskProgress(
                                    migration.plan().vm().name(),
                                    disk.disk().label(),
                                    "copy",
                                    position,
                                    disk.virtualSize())));
            this.copy = content instanceof DiskContent.Stream stream
                    ? fromStream(keep(DiskImages.stream(stream)), options)
                    : fromImage(keep(source.apply(DiskImages.image(content))), options, from);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** @param checkpoint of an earlier attempt whose partial disk is still there; null begins anew */
    static DiskTransfer open(
            VmMigration migration,
            DiskPlan disk,
            PreparedDisk prepared,
            @Nullable String checkpoint,
            DiskStore disks,
            LiveBoard live,
            Path stateFolder,
            int threads,
            UnaryOperator<DiskImage> source) {
        try {
            return new DiskTransfer(migration, disk, prepared, checkpoint, disks, live, stateFolder, threads, source);
        } catch (VmferryException e) {
            if (checkpoint == null) {
                throw e;
            }
            // What the checkpoint needs is gone or damaged (partial disk, digest log); from the beginning is always
            // right.
            return new DiskTransfer(migration, disk, prepared, null, disks, live, stateFolder, threads, source);
        }
    }

    private DiskCopy fromStream(DiskStream stream, CopyOptions options) {
        return keep(DiskCopy.start(stream, writer(stream.virtualSize(), null), options));
    }

    private DiskCopy fromImage(DiskImage image, CopyOptions options, @Nullable CopyCheckpoint from) {
        try {
            Files.createDirectories(Objects.requireNonNull(digestLog.getParent()));
        } catch (IOException e) {
            throw IoFailure.writing(digestLog.toString(), e);
        }
        FileStore log = keep(FileStore.open(digestLog));
        return keep(DiskCopy.start(image, writer(image.virtualSize(), from), options, from, log));
    }

    private ImageWriter writer(long virtualSize, @Nullable CopyCheckpoint from) {
        return keep(ImageFormats.writable(disk.format())
                .create(sink.store(), virtualSize, disk.encoding(), from == null ? null : from.writer()));
    }

    private <T extends AutoCloseable> T keep(T resource) {
        opened.push(resource);
        return resource;
    }

    private DiskRecord fresh() {
        return new DiskRecord(disk.key(), RunState.PENDING, prepared.location(), 0, 0, 0, null, "", 0);
    }

    @Override
    public boolean slice(Duration budget) {
        long start = System.nanoTime();
        CopyState state = copy.slice(budget);
        if (state == CopyState.COMPLETE) {
            CopyResult result = copy.finish();
            content.verify();
            ContentDigest digest = Objects.requireNonNull(result.digest());
            sink.commit(new DiskEvidence(
                    content.version(),
                    result.virtualSize(),
                    disk.format(),
                    disk.encoding(),
                    result.bytesWritten(),
                    digest));
            nanos += System.nanoTime() - start;
            note(RunState.DONE, result.bytesWritten(), digest.hex());
            forgetDigests();
            return true;
        }
        nanos += System.nanoTime() - start;
        return false;
    }

    @Override
    public @Nullable String checkpoint() {
        long start = System.nanoTime();
        @Nullable String checkpoint = resumable ? copy.checkpoint().print() : null;
        nanos += System.nanoTime() - start;
        note(RunState.RUNNING, 0, null);
        return checkpoint;
    }

    private void note(RunState state, long written, @Nullable String digest) {
        disks.put(
                migration.id(),
                new DiskRecord(
                        disk.key(),
                        state,
                        prepared.location(),
                        copy.position(),
                        copy.counts().bytesRead(),
                        written,
                        digest,
                        "",
                        before.seconds() + nanos / 1e9));
    }

    @Override
    public void requestStop() {
        copy.requestStop();
    }

    @Override
    public void close() {
        @Nullable RuntimeException failure = null;
        for (AutoCloseable resource : opened) {
            try {
                resource.close();
            } catch (Exception e) {
                failure =
                        failure != null ? failure : new IllegalStateException("closing " + migration.subject(disk), e);
            }
        }
        opened.clear();
        if (failure != null) {
            throw failure;
        }
    }

    /** The log has no use once the disk is committed. */
    private void forgetDigests() {
        try {
            Files.deleteIfExists(digestLog);
        } catch (IOException e) {
            throw IoFailure.writing(digestLog.toString(), e);
        }
    }
}
