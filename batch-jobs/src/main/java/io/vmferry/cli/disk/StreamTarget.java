package io.vmferry.cli.disk;

import io.vmferry.batch.BatchError;
import io.vmferry.converter.stream.StreamEncoding;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.BlockEncoding;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is written front to back: {@code raw.gz} and {@code raw.zst} anywhere, and raw to standard output. */
public record StreamTarget(StreamEncoding encoding) {
    /** The name of standard input and output. */
    public static final String DASH = "-";

    private static final String GZIP = "raw.gz";
    private static final String ZSTD = "raw.zst";

    /** Empty when the target is written anywhere. */
    static Optional<StreamTarget> of(String format, Path target) {
        boolean out = isDash(target);
        return switch (format) {
            case GZIP -> Optional.of(new StreamTarget(StreamEncoding.GZIP));
            case ZSTD -> Optional.of(new StreamTarget(StreamEncoding.ZSTD));
            case "raw" -> out ? Optional.of(new StreamTarget(StreamEncoding.RAW)) : Optional.empty();
            default -> {
                if (out) {
                    throw new VmferryException(
                            BatchError.BAD_USAGE,
                            "standard output as " + format,
                            "such an image is written forwards and backwards",
                            "Give a file, or -O raw, raw.gz or raw.zst.");
                }
                yield Optional.empty();
            }
        };
    }

    /** The format by the usual endings of names. */
    static Optional<String> formatByName(String name) {
        if (name.endsWith(".raw.gz") || name.endsWith(".img.gz")) {
            return Optional.of(GZIP);
        }
        return name.endsWith(".raw.zst") || name.endsWith(".img.zst") ? Optional.of(ZSTD) : Optional.empty();
    }

    public static boolean isDash(Path path) {
        return path.toString().equals(DASH);
    }

    /** What its blocks are compressed to; null for not at all. */
    @Nullable
    BlockEncoding compresses() {
        return switch (encoding) {
            case RAW -> null;
            case GZIP -> BlockEncoding.DEFLATE;
            case ZSTD -> BlockEncoding.ZSTD;
        };
    }
}
