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
    BlockEncoding encoding(OpenDisk source, String format) {
        if (format.equals("vmdk")) {
            if (this == zstd) {
                throw new VmferryException(
                        BatchError.BAD_USAGE,
                        "--compress zstd for vmdk",
                        "a VMDK holds zlib and nothing else",
                        "Leave the flag out, or choose -O qcow2 or raw.zst.");
            }
            return this == none ? null : BlockEncoding.ZLIB;
        }
        if (format.equals("raw") && (this == zlib || this == zstd)) {
            throw new VmferryException(
                    BatchError.BAD_USAGE,
                    "--compress " + this + " for raw",
                    "a raw disk has no compressed blocks",
                    "Leave the flag out, or choose -O qcow2, raw.gz or raw.zst.");
        }
        return switch (this) {
            case none -> null;
            case zlib -> BlockEncoding.DEFLATE;
            case zstd -> BlockEncoding.ZSTD;
            case auto -> format.equals("qcow2") ? likeTheSource(source) : null;
        };
    }

    /** A stream's format says how it is compressed. */
    @Nullable
    BlockEncoding encoding(StreamTarget stream, String format) {
        if (this != auto) {
            throw new VmferryException(
                    BatchError.BAD_USAGE,
                    "--compress " + this + " for " + format,
                    "the format of a stream says how it is compressed",
                    "Leave the flag out and choose -O raw, raw.gz or raw.zst.");
        }
        return stream.compresses();
    }

    private static @Nullable BlockEncoding likeTheSource(OpenDisk source) {
        if (source instanceof OpenDisk.Anywhere anywhere) {
            return likeTheSource(anywhere.image());
        }
        // What passes by cannot be looked into beforehand. Of the formats that can, streamOptimized VMDK is compressed.
        return source.facts().variant().equals("streamOptimized") ? BlockEncoding.DEFLATE : null;
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
