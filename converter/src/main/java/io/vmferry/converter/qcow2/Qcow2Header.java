package io.vmferry.converter.qcow2;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The fixed part of the header, all big-endian, checked as far as reading needs it. Fields have the names of QEMU's
 * {@code docs/interop/qcow2.txt}.
 *
 * @param size bytes of the virtual disk
 * @param l1Size entries of the L1 table
 * @param backingName null without a backing file
 * @param backingFormat null where the image does not state it
 */
record Qcow2Header(
        int version,
        int clusterBits,
        long size,
        int l1Size,
        long l1TableOffset,
        int snapshots,
        long incompatible,
        BlockEncoding compression,
        @Nullable String backingName,
        @Nullable String backingFormat) {
    static final int MAGIC = 0x514649fb;
    static final int LENGTH_V2 = 72;
    static final int LENGTH_V3 = 104;
    /** With the compression type and its padding. */
    static final int LENGTH = 112;

    static final long DIRTY = 1;
    private static final long CORRUPT = 2;
    private static final long DATA_FILE = 4;
    static final long COMPRESSION_TYPE = 8;
    private static final long EXTENDED_L2 = 16;
    /** QEMU's lower limit for clusters with subclusters. */
    private static final int EXTENDED_L2_BITS = 14;

    /** Refcounts have at most 2^6 = 64 bits. */
    private static final int REFCOUNT_ORDER_MAX = 6;

    private static final int REFCOUNT_ORDER_V2 = 4;

    /** QEMU's own limit for the L1 table. */
    static final int L1_MAX = (32 << 20) / Long.BYTES;

    int clusterSize() {
        return 1 << clusterBits;
    }

    /** A compressed entry holds a byte offset in so many low bits, above it the number of further sectors. */
    int compressedOffsetBits() {
        return 62 - (clusterBits - 8);
    }

    /** Whether L2 entries have 128 bits, the second half telling about each of 32 subclusters. */
    boolean extendedL2() {
        return (incompatible & EXTENDED_L2) != 0;
    }

    /** Entries of an L2 table, which always fills a cluster. */
    int l2Entries() {
        return clusterSize() / (extendedL2() ? 2 * Long.BYTES : Long.BYTES);
    }

    /** Bytes of the virtual disk that one L2 table covers, as a power of two. */
    int l2CoverBits() {
        return clusterBits + clusterBits - (extendedL2() ? 4 : 3);
    }

    static Qcow2Header read(ByteSource container) {
        ByteBuffer head = ByteBuffer.allocate(LENGTH);
        int got = container.read(0, head);
        String name = container.name();
        if (got < LENGTH_V2) {
            throw invalid(name, "the file ends inside the header, after " + got + " bytes");
        }
        int version = head.getInt(4);
        if (head.getInt(0) != MAGIC) {
            throw invalid(name, "it does not begin with a qcow2 header");
        }
        if (version != 2 && version != 3) {
            throw unsupported(name, "it is qcow2 version " + version + "; 2 and 3 are read", "");
        }
        int headerLength = version == 2 ? LENGTH_V2 : head.getInt(100);
        if (version == 3 && (headerLength < LENGTH_V3 || got < LENGTH_V3)) {
            throw invalid(name, "header_length is " + headerLength + " for version 3");
        }
        long incompatible = version == 2 ? 0 : head.getLong(72);
        checkFeatures(name, head, incompatible);
        int clusterBits = head.getInt(20);
        int least = (incompatible & EXTENDED_L2) != 0 ? EXTENDED_L2_BITS : 9;
        if (clusterBits < least || clusterBits > 21) {
            throw invalid(name, "cluster_bits is " + clusterBits + "; " + least + " to 21 are allowed");
        }
        int compression = headerLength > LENGTH_V3 && got > LENGTH_V3 ? head.get(104) : 0;
        if (compression < 0 || compression > 1 || (compression != 0) != ((incompatible & COMPRESSION_TYPE) != 0)) {
            throw invalid(name, "compression_type is " + compression + " with incompatible features " + incompatible);
        }
        checkRefcounts(name, head, version, clusterBits);
        HeaderExtensions extensions =
                HeaderExtensions.read(container, 1 << clusterBits, headerLength, head.getLong(8), head.getInt(16));
        if ((incompatible & DATA_FILE) != 0) {
            String file = extensions.dataFile();
            throw unsupported(
                    name,
                    "its data lie in an external data file" + (file == null ? "" : " \"" + file + "\""),
                    "Make it one file with qemu-img convert first.");
        }
        Qcow2Header header = new Qcow2Header(
                version,
                clusterBits,
                head.getLong(24),
                head.getInt(36),
                head.getLong(40),
                head.getInt(60),
                incompatible,
                compression == 0 ? BlockEncoding.DEFLATE : BlockEncoding.ZSTD,
                extensions.backingName(),
                extensions.backingFormat());
        header.checkL1(container);
        return header;
    }

    private static void checkFeatures(String name, ByteBuffer head, long incompatible) {
        int crypt = head.getInt(32);
        if (crypt != 0) {
            String method = crypt == 1 ? " (AES)" : crypt == 2 ? " (LUKS)" : "";
            throw unsupported(name, "it is encrypted" + method, "Decrypt it with qemu-img convert first.");
        }
        if ((incompatible & CORRUPT) != 0) {
            throw new VmferryException(
                    Qcow2Error.QCOW2_MARKED_CORRUPT,
                    name,
                    "QEMU has marked the image as corrupt",
                    "Repair it with qemu-img check -r all on a copy, then try again.");
        }
        long unknown = incompatible & ~(DIRTY | COMPRESSION_TYPE | DATA_FILE | EXTENDED_L2);
        if (unknown != 0) {
            throw unsupported(
                    name,
                    "it uses incompatible features that are unknown here, bits 0x" + Long.toHexString(unknown),
                    "Rewrite it with qemu-img convert first.");
        }
    }

    /** Refcounts are not needed for reading, but a header that is wrong about them is not to be trusted. */
    private static void checkRefcounts(String name, ByteBuffer head, int version, int clusterBits) {
        int order = version == 2 ? REFCOUNT_ORDER_V2 : head.getInt(96);
        if (order < 0 || order > REFCOUNT_ORDER_MAX) {
            throw invalid(
                    name,
                    "refcount_order is " + Integer.toUnsignedString(order) + "; 0 to " + REFCOUNT_ORDER_MAX
                            + " are allowed");
        }
        long table = head.getLong(48);
        if (table < 0 || (table & ((1L << clusterBits) - 1)) != 0) {
            throw invalid(name, "refcount_table_offset is " + Long.toUnsignedString(table));
        }
    }

    private void checkL1(ByteSource container) {
        String name = container.name();
        if (size < 0) {
            throw invalid(name, "size is " + Long.toUnsignedString(size));
        }
        if (l1Size < 0 || l1Size > L1_MAX) {
            throw invalid(name, "l1_size is " + Integer.toUnsignedString(l1Size) + "; " + L1_MAX + " is the limit");
        }
        long needed = l1Needed();
        if (l1Size < needed) {
            throw invalid(name, "l1_size is " + l1Size + ", but a disk of " + size + " bytes needs " + needed);
        }
        long bytes = needed * Long.BYTES;
        if (l1TableOffset < 0 || (l1TableOffset & (clusterSize() - 1)) != 0) {
            throw invalid(name, "l1_table_offset is " + Long.toUnsignedString(l1TableOffset));
        }
        if (l1TableOffset > container.size() - bytes) {
            throw new VmferryException(
                    Qcow2Error.QCOW2_TRUNCATED,
                    name + ", L1 table at offset " + l1TableOffset,
                    "the file ends at " + container.size(),
                    "Copy the image from its source again.");
        }
    }

    /** L1 entries that the virtual size needs. */
    long l1Needed() {
        long whole = size >>> l2CoverBits();
        return (size & ((1L << l2CoverBits()) - 1)) == 0 ? whole : whole + 1;
    }

    /** The header of an image as it is written here: version 3, 64 KiB clusters, 16-bit refcounts. */
    static ByteBuffer encode(Qcow2Geometry geometry, boolean zstd) {
        ByteBuffer head = ByteBuffer.allocate(geometry.clusterSize());
        head.putInt(0, MAGIC);
        head.putInt(4, 3);
        head.putInt(20, Qcow2Geometry.CLUSTER_BITS);
        head.putLong(24, geometry.size());
        head.putInt(36, geometry.l1Entries());
        head.putLong(40, geometry.l1Offset());
        head.putLong(48, geometry.refcountTableOffset());
        head.putInt(56, geometry.refcountTableClusters());
        head.putLong(72, zstd ? COMPRESSION_TYPE : 0);
        head.putInt(96, Qcow2Geometry.REFCOUNT_ORDER);
        head.putInt(100, LENGTH);
        head.put(104, (byte) (zstd ? 1 : 0));
        // A header extension of type 0 and length 0 at LENGTH ends the extensions: the zeros that are there.
        return head;
    }

    static VmferryException invalid(String name, String reason) {
        return new VmferryException(
                Qcow2Error.QCOW2_HEADER_INVALID,
                name + ", header at offset 0",
                reason,
                "Check with qemu-img info whether this is a whole qcow2 image.");
    }

    static VmferryException unsupported(String name, String reason, String remedy) {
        return new VmferryException(
                Qcow2Error.QCOW2_FEATURE_UNSUPPORTED,
                name,
                reason,
                remedy.isEmpty() ? "Rewrite it with qemu-img convert first." : remedy);
    }
}
