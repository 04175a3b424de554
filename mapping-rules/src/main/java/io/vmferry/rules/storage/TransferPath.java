package io.vmferry.rules.storage;

import io.vmferry.rules.model.Transfer;
import io.vmferry.rules.model.Transfer.Compression;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.plan.ImageSummary;
import org.jspecify.annotations.Nullable;

/**
 * Which way a disk's bytes go, and how many there are.
 *
 * @param sentence the choice and its reason, for people
 * @param bytesToRead from the source
 * @param bytesToWrite to the target; an upper bound where blocks are compressed on the way
 */
record TransferPath(
        String format, @Nullable BlockEncoding encoding, String sentence, long bytesToRead, long bytesToWrite) {
    /** What we write; only blocks of the same size can be passed through. */
    private static final int CLUSTER = 1 << 16;

    static TransferPath of(Transfer transfer, Disk disk, @Nullable ImageSummary image) {
        boolean raw = transfer.format() == Transfer.Format.RAW;
        String format = raw ? "raw" : "qcow2";
        @Nullable BlockEncoding encoding = raw ? null : encoding(transfer.compression(), image);
        if (image == null) {
            return new TransferPath(
                    format,
                    encoding,
                    "unknown: the image was not opened, so the amounts are upper bounds",
                    known(disk),
                    disk.usedBytes() == null ? Math.max(0, disk.capacityBytes()) : disk.usedBytes());
        }
        boolean passThrough = encoding != null && encoding == source(image) && fits(image);
        return new TransferPath(
                format,
                encoding,
                sentence(transfer, image, encoding, passThrough),
                image.storedBytes(),
                written(image, raw, passThrough));
    }

    /** The same, with how the source's bytes are reached said first. */
    TransferPath by(String way) {
        return way.isEmpty()
                ? this
                : new TransferPath(format, encoding, way + "; " + sentence, bytesToRead, bytesToWrite);
    }

    private static long known(Disk disk) {
        if (disk.containerBytes() != null) {
            return disk.containerBytes();
        }
        return disk.usedBytes() != null ? disk.usedBytes() : Math.max(0, disk.capacityBytes());
    }

    private static @Nullable BlockEncoding encoding(Compression asked, @Nullable ImageSummary image) {
        return switch (asked) {
            case NONE -> null;
            case ZLIB -> BlockEncoding.DEFLATE;
            case ZSTD -> BlockEncoding.ZSTD;
            case AUTO -> image != null && mostlyEncoded(image) && fits(image) ? source(image) : null;
        };
    }

    private static boolean mostlyEncoded(ImageSummary image) {
        return image.encodedBytes() > image.dataBytes() / 2;
    }

    private static boolean fits(ImageSummary image) {
        return image.encodedBytes() > 0 && image.blockSize() == CLUSTER;
    }

    /** What compressed blocks of the source become in qcow2 without being touched: a VMDK grain sheds its zlib wrapper. */
    private static BlockEncoding source(ImageSummary image) {
        boolean zstd = image.format().equals("qcow2") && image.variant().contains("zstd");
        return zstd ? BlockEncoding.ZSTD : BlockEncoding.DEFLATE;
    }

    private static String sentence(
            Transfer transfer, ImageSummary image, @Nullable BlockEncoding encoding, boolean passThrough) {
        if (image.dataBytes() == 0) {
            return "empty: the disk holds no data";
        }
        String share = percent(image.encodedBytes(), image.dataBytes()) + " of the data";
        if (transfer.format() == Transfer.Format.RAW) {
            return image.encodedBytes() > 0
                    ? "expand: " + share + " is compressed at the source, raw holds it plain"
                    : "copy: the data is plain at the source and in raw";
        }
        if (passThrough) {
            return "pass-through: " + share + " lies in compressed blocks of 64 KiB that go into qcow2 as they are";
        }
        if (encoding != null) {
            String how = encoding == BlockEncoding.ZSTD ? "zstd" : "zlib";
            return (image.encodedBytes() > 0 ? "recompress: " : "compress: ") + "blocks are compressed with " + how
                    + " on the way, as asked";
        }
        if (image.encodedBytes() == 0) {
            return "copy: the data is plain at the source and stays so";
        }
        if (transfer.compression() == Compression.NONE) {
            return "expand: " + share + " is compressed at the source and written plain, as asked";
        }
        return mostlyEncoded(image)
                ? "expand: the source's compressed blocks of " + image.blockSize()
                        + " bytes do not fit qcow2 clusters of 64 KiB, so they are written plain"
                : "expand: only " + share + " is compressed at the source, so all of it is written plain";
    }

    private static String percent(long part, long whole) {
        return Math.round(100.0 * part / whole) + " %";
    }

    private static long written(ImageSummary image, boolean raw, boolean passThrough) {
        if (raw) {
            return image.dataBytes();
        }
        // An L2 entry of 8 bytes and a reference count of 2 for each cluster, beside header, L1 and first tables.
        long clusters = (image.virtualSize() + CLUSTER - 1) / CLUSTER;
        long tables = 4L * CLUSTER + clusters * 10;
        return tables + (passThrough ? image.storedBytes() : image.dataBytes());
    }
}
