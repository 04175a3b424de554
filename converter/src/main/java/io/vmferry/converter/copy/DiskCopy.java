package io.vmferry.converter.copy;

import io.vmferry.converter.digest.BlkHash;
import io.vmferry.converter.digest.DigestLog;
import io.vmferry.converter.filter.LimitedImage;
import io.vmferry.converter.filter.LimitedStream;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.ContentDigest;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.ImageWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One disk on its way from a source to a target, in slices that a batch step can stop between and go on from after a crash.
 *
 * <pre>{@code
 * try (DiskCopy copy = DiskCopy.start(image, writer, CopyOptions.of("web.vmdk"), null, log)) {
 *     while (copy.slice(Duration.ofSeconds(5)) == CopyState.MORE) {
 *         save(copy.checkpoint().print());
 *     }
 *     CopyResult result = copy.finish();
 * }
 * }</pre>
 *
 * <p>Used by one thread, but {@link #requestStop} by any. Source, writer and log stay the caller's; close this first.
 */
public final class DiskCopy implements AutoCloseable {
    private final ImageWriter writer;
    private final long virtualSize;
    private final @Nullable RootDigest digest;
    private final @Nullable WholeDigest whole;
    private final Pipeline pipeline;
    private final Runnable release;

    private DiskCopy(
            ChunkSource source,
            long virtualSize,
            int grid,
            ImageWriter writer,
            CopyOptions options,
            @Nullable RootDigest digest,
            @Nullable WholeDigest whole,
            long position,
            CopyCounts counts,
            Runnable release) {
        this.release = release;
        this.writer = writer;
        this.virtualSize = virtualSize;
        this.digest = digest;
        this.whole = whole;
        int chunkSize = (int) (((long) options.chunkSize() + grid - 1) / grid * grid);
        this.pipeline = new Pipeline(source, writer, options, digest, whole, chunkSize, position, counts);
    }

    /**
     * Begins a copy, or goes on with one.
     *
     * @param writer made for the source's virtual size, and with {@code from.writer()} when going on
     * @param from where an earlier copy of the same disk stood; null to begin
     * @param logStore where block digests are kept for going on later; null when that is not wanted
     */
    public static DiskCopy start(
            DiskImage source,
            ImageWriter writer,
            CopyOptions options,
            @Nullable CopyCheckpoint from,
            @Nullable ByteStore logStore) {
        checkBlocks(writer);
        long size = source.virtualSize();
        long position = from == null ? 0 : from.position();
        boolean aligned = position == size || (position >= 0 && position < size && position % BlkHash.BLOCK == 0);
        if (!aligned) {
            throw new VmferryException(
                    CopyError.COPY_CHECKPOINT_INVALID,
                    options.source() + ", stored position " + position,
                    "the disk has " + size + " bytes",
                    "Start the copy of this disk from the beginning.");
        }
        RootDigest digest = options.verify() ? rootDigest(from, logStore, options) : null;
        // What a hash of all bytes has taken in cannot be stored, so that a copy that goes on has none.
        WholeDigest whole = options.sha256() && from == null ? new WholeDigest() : null;
        return new DiskCopy(
                new ImageChunks(source, position, zeroRun(options)),
                size,
                ChunkSource.grid(source.facts().blockSize()),
                writer,
                options.withThreads(Math.max(1, Math.min(options.threads(), source.readers()))),
                digest,
                whole,
                position,
                from == null ? CopyCounts.NONE : from.counts(),
                source instanceof LimitedImage limited ? limited::release : () -> {});
    }

    /** Begins a copy of a disk that passes by once; after a failure it can only begin again. */
    public static DiskCopy start(DiskStream source, ImageWriter writer, CopyOptions options) {
        checkBlocks(writer);
        return new DiskCopy(
                new StreamChunks(source, options.source(), zeroRun(options)),
                source.virtualSize(),
                ChunkSource.grid(source.facts().blockSize()),
                writer,
                options,
                options.verify() ? new RootDigest(new BlkHash(), null) : null,
                options.sha256() ? new WholeDigest() : null,
                0,
                CopyCounts.NONE,
                source instanceof LimitedStream limited ? limited::release : () -> {});
    }

    /**
     * Moves on until the time is used up, the end is reached or a stop was asked for. Afterwards nothing is being written.
     *
     * @throws VmferryException what any worker met first; the copy is over then, and another one can begin at the last
     *     checkpoint
     */
    public CopyState slice(Duration budget) {
        return pipeline.run(budget);
    }

    /** Copies to the end without slices; returns early only after {@link #requestStop}. */
    public CopyState run() {
        return slice(Duration.ofDays(365));
    }

    /** Makes the slice that is under way, and any later one, return within moments. Safe for any thread. */
    public void requestStop() {
        release.run();
        pipeline.requestStop();
    }

    /** Virtual bytes written so far. */
    public long position() {
        return pipeline.position();
    }

    public CopyCounts counts() {
        return pipeline.counts();
    }

    /** Makes what was copied so far durable and says how to go on from here. Between slices only. */
    public CopyCheckpoint checkpoint() {
        pipeline.requireQuiet();
        // An interrupt would close the files under our hands.
        boolean interrupted = Thread.interrupted();
        try {
            long log = digest == null ? 0 : digest.flush();
            return new CopyCheckpoint(writer.checkpoint(), log, pipeline.counts());
        } finally {
            restore(interrupted);
        }
    }

    /** Completes the target. After {@link CopyState#COMPLETE} only, once. */
    public CopyResult finish() {
        pipeline.requireQuiet();
        if (!pipeline.isComplete()) {
            throw new IllegalStateException("only " + position() + " of " + virtualSize + " bytes were copied");
        }
        boolean interrupted = Thread.interrupted();
        try {
            writer.finish();
            ContentDigest content = digest == null ? null : digest.root().finish(virtualSize);
            ContentDigest sha256 = whole == null ? null : whole.finish(virtualSize);
            return new CopyResult(virtualSize, writer.bytesWritten(), content, sha256, pipeline.counts());
        } finally {
            restore(interrupted);
        }
    }

    /** Ends the workers. A rate limit of the source is lifted, so that none of them keeps waiting for it. */
    @Override
    public void close() {
        release.run();
        pipeline.close();
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static long zeroRun(CopyOptions options) {
        return options.sha256() ? WholeDigest.ZERO_RUN : ChunkSource.ZERO_RUN;
    }

    private static RootDigest rootDigest(
            @Nullable CopyCheckpoint from, @Nullable ByteStore logStore, CopyOptions options) {
        BlkHash root = new BlkHash();
        if (from == null) {
            return new RootDigest(root, logStore == null ? null : DigestLog.create(logStore));
        }
        if (logStore == null) {
            throw new IllegalArgumentException("going on needs the digest log of " + options.source());
        }
        long blocks = (from.position() + BlkHash.BLOCK - 1) / BlkHash.BLOCK;
        DigestLog log = DigestLog.resume(logStore, from.digestLogLength(), blocks, root);
        return new RootDigest(root, log);
    }

    private static void checkBlocks(ImageWriter writer) {
        BlockEncoding encoding = writer.encoding();
        int size = writer.blockSize();
        if (size > BlkHash.BLOCK || BlkHash.BLOCK % size != 0 || (encoding != null && size != BlkHash.BLOCK)) {
            throw new IllegalArgumentException("blocks of " + size + " bytes, " + encoding);
        }
    }
}
