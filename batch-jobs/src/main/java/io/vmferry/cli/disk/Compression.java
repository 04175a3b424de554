package io.vmferry.cli.disk;

import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import org.jspecify.annotations.Nullable;

/** What {@code --compress} takes. */
public enum Compression {
    auto,
    none,
    zlib,
    zstd;

    /** The encoding of the target's blocks; null plain. */
    @Nullable
    BlockEncoding encoding(DiskImage source, String format) {
        return switch (this) {
            case none -> null;
            case zlib -> BlockEncoding.DEFLATE;
            case zstd -> BlockEncoding.ZSTD;
            case auto -> format.equals("qcow2") ? likeTheSource(source) : null;
        };
    }

    /** The first extent with content tells: images are compressed as a whole or not at all. */
    private static @Nullable BlockEncoding likeTheSource(DiskImage source) {
        long at = 0;
        while (at < source.virtualSize()) {
            Extent extent = source.extentAt(at);
            if (!extent.kind().readsAsZero()) {
                @Nullable EncodedBlock block = extent.encoded();
                if (block == null) {
                    return null;
                }
                return block.encoding() == BlockEncoding.ZSTD ? BlockEncoding.ZSTD : BlockEncoding.DEFLATE;
            }
            at = extent.end();
        }
        return null;
    }
}
