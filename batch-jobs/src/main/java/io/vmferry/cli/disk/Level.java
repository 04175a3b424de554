package io.vmferry.cli.disk;

import io.vmferry.batch.BatchError;
import io.vmferry.converter.codec.CodecProvider;
import io.vmferry.converter.codec.Codecs;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.BlockEncoding;
import org.jspecify.annotations.Nullable;

/** What {@code --level} takes. */
final class Level {
    private Level() {}

    /**
     * Codecs that compress to the target's encoding as hard as was asked.
     *
     * @param level null for the usual one
     * @param encoding of the target's blocks; null plain
     */
    static CodecProvider codecs(@Nullable Integer level, @Nullable BlockEncoding encoding) {
        if (level == null) {
            return Codecs.best();
        }
        if (encoding == null) {
            throw usage(
                    level,
                    "the target is not compressed",
                    "Leave the flag out, or write what is compressed: qcow2 with --compress zlib or zstd, vmdk, raw.gz or raw.zst.");
        }
        int highest = Codecs.highestLevel(encoding);
        if (level < 1 || level > highest) {
            throw usage(
                    level,
                    name(encoding) + " has levels from 1 to " + highest,
                    "Give one of these; without the flag it is " + Codecs.defaultLevel(encoding) + ".");
        }
        return Codecs.best(encoding, level);
    }

    /** What people call an encoding; deflate is what zlib makes. */
    static String name(BlockEncoding encoding) {
        return encoding == BlockEncoding.ZSTD ? "zstd" : "zlib";
    }

    private static VmferryException usage(int level, String reason, String remedy) {
        return new VmferryException(BatchError.BAD_USAGE, "--level " + level, reason, remedy);
    }
}
