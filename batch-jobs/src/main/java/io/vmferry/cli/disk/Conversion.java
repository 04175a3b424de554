package io.vmferry.cli.disk;

import io.vmferry.batch.BatchError;
import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.codec.CodecProvider;
import io.vmferry.converter.codec.Codecs;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.CopyResult;
import io.vmferry.converter.copy.CopyState;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.DirectStore;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.file.UnsyncedStore;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.image.WritableFormat;
import io.vmferry.spi.target.DiskSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One file converted into another, which gets its name when it is whole. */
public final class Conversion {
    private final DiskName source;
    private final @Nullable Path spool;
    private final Path target;
    private final String format;
    private final Compression compression;
    private final @Nullable Integer level;
    private final int threads;
    private final boolean verify;
    private final boolean sync;

    /**
     * A conversion that is yet to run.
     *
     * @param spool folder to unpack into what cannot be read as it passes by; null refuses that
     * @param level of what is compressed here; null for the usual one
     * @param sync whether the result is on the medium before it gets its name
     */
    public Conversion(
            DiskName source,
            @Nullable Path spool,
            Path target,
            String format,
            Compression compression,
            @Nullable Integer level,
            int threads,
            boolean verify,
            boolean sync) {
        this.source = source;
        this.spool = spool;
        this.target = target;
        this.format = format;
        this.compression = compression;
        this.level = level;
        this.threads = threads;
        this.verify = verify;
        this.sync = sync;
    }

    /**
     * What happened.
     *
     * @param encoding {@code zlib} or {@code zstd}; empty plain
     * @param digest null when verification was off
     * @param synced whether the result is on the medium
     */
    public record Result(
            String source,
            String sourceFormat,
            String target,
            String format,
            String encoding,
            long virtualSize,
            long bytesRead,
            long bytesWritten,
            long passedThrough,
            long reencoded,
            long plain,
            long zeroBytes,
            @Nullable String digest,
            @Nullable String digestAlgorithm,
            boolean synced,
            double seconds) {}

    /** Watches a conversion. */
    public interface Watcher {
        /** Called once, before the first byte; the consumer then hears the virtual position. */
        LongConsumer begin(String name, long total);
    }

    public Result run(Watcher watcher) {
        long start = System.nanoTime();
        @Nullable StreamTarget stream = StreamTarget.of(format, target).orElse(null);
        try (OpenDisk disk = DiskFile.openToCopy(source, spool)) {
            @Nullable
            BlockEncoding encoding =
                    stream == null ? compression.encoding(disk, format) : compression.encoding(stream, format);
            CopyOptions options = CopyOptions.of(source.toString())
                    .withThreads(threads)
                    .withVerify(verify)
                    .withCodecs(codecs(encoding));
            LongConsumer progress =
                    watcher.begin(source.shortName(), disk.facts().virtualSize());
            CopyResult copied =
                    copy(disk, stream, encoding, options.withProgress((position, counts) -> progress.accept(position)));
            return new Result(
                    source.toString(),
                    (disk.facts().format() + " " + disk.facts().variant()).trim(),
                    target.toString(),
                    format,
                    encoding == null || stream != null ? "" : encoding == BlockEncoding.ZSTD ? "zstd" : "zlib",
                    copied.virtualSize(),
                    copied.counts().bytesRead(),
                    copied.bytesWritten(),
                    copied.counts().passedThrough(),
                    copied.counts().reencoded(),
                    copied.counts().plain(),
                    copied.counts().zeroBytes(),
                    copied.digest() == null ? null : copied.digest().hex(),
                    copied.digest() == null ? null : copied.digest().algorithm(),
                    sync,
                    (System.nanoTime() - start) / 1e9);
        }
    }

    private CopyResult copy(
            OpenDisk disk, @Nullable StreamTarget stream, @Nullable BlockEncoding encoding, CopyOptions options) {
        if (stream != null && StreamTarget.isDash(target)) {
            return stream(disk, stream, target, options);
        }
        Path partial = partial();
        try {
            Files.deleteIfExists(partial);
            CopyResult copied =
                    stream == null ? image(disk, partial, encoding, options) : stream(disk, stream, partial, options);
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return copied;
        } catch (IOException e) {
            throw IoFailure.writing(target.toString(), e);
        } finally {
            deleteQuietly(partial);
        }
    }

    private CopyResult image(OpenDisk disk, Path partial, @Nullable BlockEncoding encoding, CopyOptions options) {
        WritableFormat writable = ImageFormats.writable(format);
        try (ByteStore store = store(partial);
                ImageWriter writer = writable.create(store, disk.facts().virtualSize(), encoding, null)) {
            return finished(disk, writer, options, partial, "Run it again.");
        }
    }

    private CopyResult stream(OpenDisk disk, StreamTarget stream, Path file, CopyOptions options) {
        DiskSink.Upload upload = StreamTarget.isDash(file) ? new StandardOutput() : new StoreUpload(store(file));
        try (ImageWriter writer = stream.encoding().writer(upload, disk.facts().virtualSize(), options.codecs())) {
            return finished(disk, writer, options, file, "Run it again; a stream begins again from its start.");
        }
    }

    private CopyResult finished(OpenDisk disk, ImageWriter writer, CopyOptions options, Path partial, String remedy) {
        try (DiskCopy copy = disk.copyTo(writer, options)) {
            Thread stop = new Thread(() -> giveUp(copy, partial), "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            CopyState state = copy.run();
            if (state == CopyState.STOPPED) {
                throw new VmferryException(
                        CommonError.CANCELLED, target.toString(), "the conversion was interrupted", remedy);
            }
            CopyResult result = copy.finish();
            removeHook(stop);
            return result;
        }
    }

    /** What is not waited for goes to the page cache, where it is read again soonest. */
    private ByteStore store(Path partial) {
        return sync ? DirectStore.open(partial) : new UnsyncedStore(FileStore.open(partial));
    }

    private CodecProvider codecs(@Nullable BlockEncoding encoding) {
        if (level == null) {
            return Codecs.best();
        }
        if (encoding == null) {
            throw usage(
                    "the target is not compressed",
                    "Leave the flag out, or give --compress zlib or zstd, or -O raw.gz or raw.zst.");
        }
        int highest = Codecs.highestLevel(encoding);
        if (level < 1 || level > highest) {
            String name = encoding == BlockEncoding.ZSTD ? "zstd" : "zlib";
            throw usage(
                    name + " has levels from 1 to " + highest,
                    "Give one of these; without the flag it is " + Codecs.defaultLevel(encoding) + ".");
        }
        return Codecs.best(encoding, level);
    }

    private VmferryException usage(String reason, String remedy) {
        return new VmferryException(BatchError.BAD_USAGE, "--level " + level, reason, remedy);
    }

    /** On Ctrl-C nothing half-done stays behind. */
    private static void giveUp(DiskCopy copy, Path partial) {
        copy.requestStop();
        if (!StreamTarget.isDash(partial)) {
            deleteQuietly(partial);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down already; the hook does its work.
        }
    }

    private static void deleteQuietly(Path partial) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            // A failure to tidy up must not hide the failure it tidies up after.
        }
    }

    private Path partial() {
        String name = "." + Objects.requireNonNull(target.getFileName()) + ".vmferry-part";
        return target.toAbsolutePath().resolveSibling(name);
    }
}
