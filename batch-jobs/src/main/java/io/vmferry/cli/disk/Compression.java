package io.vmferry.cli.disk;

import io.vmferry.batch.BatchError;
import io.vmferry.spi.error.VmferryException;
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
        if (format.equals("vmdk")) {
            if (this == zstd) {
                throw new VmferryException(
                        BatchError.BAD_USAGE,
                        "--compress zstd for vmdk",
                        "a VMDK holds zlib and nothing else",
                        "Leave the flag out, or choose -O qcow2.");
            }
            return this == none ? null : BlockEncoding.ZLIB;
        }
        if (format.equals("raw") && (this == zlib || this == zstd)) {
            throw new VmferryException(
                    BatchError.BAD_USAGE,
                    "--compress " + this + " for raw",
                    "a raw disk has no compressed blocks",
                    "Leave the flag out, or choose -O qcow2.");
        }
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
