package io.vmferry.cli.disk;

import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.codec.CodecProvider;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.CopyResult;
import io.vmferry.converter.copy.CopyState;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.converter.file.DeviceStore;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.DirectStore;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.file.UnsyncedStore;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.target.DiskSink;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One disk converted into another: a file, which gets its name when it is whole, a block device, or standard output. */
public final class Conversion {
    private static final String AGAIN = "Run it again.";
    private static final String STREAM_AGAIN = "Run it again; a stream begins again from its start.";

    private final DiskName source;
    private final Path target;
    private final String format;
    private final CopySettings settings;

    /**
     * A conversion that is yet to run.
     *
     * @param format one of {@link DiskFile#FORMATS}
     */
    public Conversion(DiskName source, Path target, String format, CopySettings settings) {
        this.source = source;
        this.target = target;
        this.format = format;
        this.settings = settings;
    }

    /**
     * What happened.
     *
     * @param encoding {@code zlib} or {@code zstd}; empty plain
     * @param digest null when verification was off
     * @param sha256 of the raw content; null when it was not asked for
     * @param synced whether the result is on the medium; of standard output nobody knows
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
            boolean synced,
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
        DeviceTarget.requireAnother(source.file(), target);
        if (settings.ontoDevice()) {
            DeviceTarget.requireRaw(target, format);
        }
        @Nullable StreamTarget stream = StreamTarget.of(format, target).orElse(null);
        try (OpenDisk disk = DiskFile.openToCopy(source, settings.spool()).limitedTo(settings.rate())) {
            Compression compression = settings.compression();
            @Nullable
            BlockEncoding encoding =
                    stream == null ? compression.encoding(disk, format) : compression.encoding(stream, format);
            CodecProvider codecs = Level.codecs(settings.level(), encoding);
            LongConsumer progress =
                    watcher.begin(source.shortName(), disk.facts().virtualSize());
            CopyOptions options = CopyOptions.of(source.toString())
                    .withThreads(settings.threads())
                    .withVerify(settings.verify())
                    .withSha256(settings.sha256())
                    .withCodecs(codecs)
                    .withProgress((position, counts) -> progress.accept(position));
            CopyResult copied;
            if (settings.ontoDevice()) {
                copied = ontoDevice(disk, options, watcher);
            } else if (stream == null) {
                copied = toFile(disk, encoding, options);
            } else {
                copied = stream(disk, stream, options);
            }
            return new Result(
                    source.toString(),
                    (disk.facts().format() + " " + disk.facts().variant()).trim(),
                    StreamTarget.isDash(target) ? "standard output" : target.toString(),
                    format,
                    encoding == null || stream != null ? "" : Level.name(encoding),
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
                    settings.sync() && !StreamTarget.isDash(target),
                    (System.nanoTime() - start) / 1e9);
        }
    }

    private CopyResult toFile(OpenDisk disk, @Nullable BlockEncoding encoding, CopyOptions options) {
        try (PartialFile partial = new PartialFile(target)) {
            CopyResult copied;
            try (ByteStore store = store(partial)) {
                copied = image(disk, store, encoding, options, partial::close);
            }
            partial.keep();
            return copied;
        }
    }

    private CopyResult stream(OpenDisk disk, StreamTarget stream, CopyOptions options) {
        if (StreamTarget.isDash(target)) {
            return stream(disk, stream, new StandardOutput(), options, () -> {});
        }
        try (PartialFile partial = new PartialFile(target)) {
            CopyResult copied = stream(disk, stream, new StoreUpload(store(partial)), options, partial::close);
            partial.keep();
            return copied;
        }
    }

    /** What is not waited for goes to the page cache, where it is read again soonest. */
    private ByteStore store(PartialFile partial) {
        return settings.sync() ? DirectStore.open(partial.path()) : new UnsyncedStore(FileStore.open(partial.path()));
    }

    /** There is no other name to write under first, so whoever sees it fail is told what it left. */
    private CopyResult ontoDevice(OpenDisk disk, CopyOptions options, Watcher watcher) {
        ByteStore device = DeviceStore.claim(target, disk.facts().virtualSize());
        try (ByteStore store = settings.sync() ? device : new UnsyncedStore(device)) {
            try {
                return image(disk, store, null, options, () -> watcher.leftBehind(DeviceTarget.leftBehind(target)));
            } catch (VmferryException e) {
                throw DeviceTarget.incomplete(target, e);
            }
        }
    }

    private CopyResult image(
            OpenDisk disk, ByteStore store, @Nullable BlockEncoding encoding, CopyOptions options, Runnable onSignal) {
        long size = disk.facts().virtualSize();
        try (ImageWriter writer = ImageFormats.writable(format).create(store, size, encoding, null)) {
            return finished(disk, writer, options, onSignal, AGAIN);
        }
    }

    private CopyResult stream(
            OpenDisk disk, StreamTarget stream, DiskSink.Upload upload, CopyOptions options, Runnable onSignal) {
        try (ImageWriter writer = stream.encoding().writer(upload, disk.facts().virtualSize(), options.codecs())) {
            return finished(disk, writer, options, onSignal, STREAM_AGAIN);
        }
    }

    /** @param onSignal what is to be done when Ctrl-C or SIGTERM ends it all */
    private CopyResult finished(
            OpenDisk disk, ImageWriter writer, CopyOptions options, Runnable onSignal, String remedy) {
        try (DiskCopy copy = disk.copyTo(writer, options)) {
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
                            CommonError.CANCELLED, target.toString(), "the conversion was interrupted", remedy);
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
}
