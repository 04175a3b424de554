package io.vmferry.cli.disk;

import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.CopyResult;
import io.vmferry.converter.copy.CopyState;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.converter.file.DeviceStore;
import io.vmferry.converter.filter.LimitedImage;
import io.vmferry.converter.filter.RateLimit;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.ImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One file converted into another, which gets its name when it is whole. */
public final class Conversion {
    private final Path source;
    private final Path target;
    private final String format;
    private final Compression compression;
    private final int threads;
    private final boolean verify;
    private final CopySettings settings;

    public Conversion(
            Path source,
            Path target,
            String format,
            Compression compression,
            int threads,
            boolean verify,
            CopySettings settings) {
        this.source = source;
        this.target = target;
        this.format = format;
        this.compression = compression;
        this.threads = threads;
        this.verify = verify;
        this.settings = settings;
    }

    /**
     * What happened.
     *
     * @param encoding {@code zlib} or {@code zstd}; empty plain
     * @param digest null when verification was off
     * @param sha256 of the raw content; null when it was not asked for
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
            @Nullable String sha256,
            double seconds) {}

    /** Watches a conversion. */
    public interface Watcher {
        /** Called once, before the first byte; the consumer then hears the virtual position. */
        LongConsumer begin(String name, long total);

        /** Called when a signal ends the conversion and something is left behind that nobody should take for a disk. */
        void leftBehind(String what);
    }

    public Result run(Watcher watcher) {
        long start = System.nanoTime();
        try (DiskImage image = DiskFile.open(source)) {
            @Nullable BlockEncoding encoding = compression.encoding(image, format);
            if (settings.ontoDevice()) {
                DeviceTarget.requireRaw(source, target, format);
            }
            LongConsumer progress = watcher.begin(String.valueOf(source.getFileName()), image.virtualSize());
            CopyResult copied =
                    settings.ontoDevice() ? ontoDevice(image, progress, watcher) : toFile(image, encoding, progress);
            return new Result(
                    source.toString(),
                    (image.facts().format() + " " + image.facts().variant()).trim(),
                    target.toString(),
                    format,
                    encoding == null ? "" : encoding == BlockEncoding.ZSTD ? "zstd" : "zlib",
                    copied.virtualSize(),
                    copied.counts().bytesRead(),
                    copied.bytesWritten(),
                    copied.counts().passedThrough(),
                    copied.counts().reencoded(),
                    copied.counts().plain(),
                    copied.counts().zeroBytes(),
                    copied.digest() == null ? null : copied.digest().hex(),
                    copied.digest() == null ? null : copied.digest().algorithm(),
                    copied.sha256() == null ? null : copied.sha256().hex(),
                    (System.nanoTime() - start) / 1e9);
        }
    }

    private CopyResult toFile(DiskImage image, @Nullable BlockEncoding encoding, LongConsumer progress) {
        Path partial = partial();
        try {
            Files.deleteIfExists(partial);
            CopyResult copied;
            try (FileStore store = FileStore.open(partial)) {
                copied = copy(image, store, encoding, progress, () -> deleteQuietly(partial));
            }
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return copied;
        } catch (IOException e) {
            throw IoFailure.writing(target.toString(), e);
        } finally {
            deleteQuietly(partial);
        }
    }

    /** There is no other name to write under first, so whoever sees it fail is told what it left. */
    private CopyResult ontoDevice(DiskImage image, LongConsumer progress, Watcher watcher) {
        try (ByteStore store = DeviceStore.claim(target, image.virtualSize())) {
            try {
                return copy(image, store, null, progress, () -> watcher.leftBehind(DeviceTarget.leftBehind(target)));
            } catch (VmferryException e) {
                throw DeviceTarget.incomplete(target, e);
            }
        }
    }

    /** @param onSignal what is to be done when Ctrl-C or SIGTERM ends it all */
    private CopyResult copy(
            DiskImage image,
            ByteStore store,
            @Nullable BlockEncoding encoding,
            LongConsumer progress,
            Runnable onSignal) {
        CopyOptions options = CopyOptions.of(source.toString())
                .withThreads(threads)
                .withVerify(verify)
                .withSha256(settings.sha256())
                .withProgress((position, counts) -> progress.accept(position));
        RateLimit rate = settings.rate();
        DiskImage limited = rate == null ? image : new LimitedImage(image, rate);
        try (ImageWriter writer = ImageFormats.writable(format).create(store, image.virtualSize(), encoding, null);
                DiskCopy copy = DiskCopy.start(limited, writer, options, null, null)) {
            Thread stop = new Thread(
                    () -> {
                        copy.requestStop();
                        onSignal.run();
                    },
                    "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            try {
                if (copy.run() == CopyState.STOPPED) {
                    throw new VmferryException(
                            CommonError.CANCELLED,
                            target.toString(),
                            "the conversion was interrupted",
                            "Run it again.");
                }
                return copy.finish();
            } finally {
                removeHook(stop);
            }
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
