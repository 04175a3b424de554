package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The fixed parts of a streamOptimized image as ESXi lays it out: header and descriptor in front, then grains each behind its
 * marker and every grain table behind its grains, then grain directory, footer and end mark.
 */
final class StreamLayout {
    /** Bytes of a grain; every product writes 64 KiB. */
    static final int GRAIN = 64 << 10;

    static final int GRAIN_SECTORS = GRAIN / Container.SECTOR;
    static final int TABLE_ENTRIES = 512;
    /** Sectors of a table without its marker. */
    static final int TABLE_SECTORS = TABLE_ENTRIES * 4 / Container.SECTOR;
    /** Sectors before the first grain. */
    static final int OVERHEAD = 128;
    /** What the descriptor calls the file; nobody looks for it by this name. */
    static final String FILE_NAME = "generated-stream.vmdk";
    /** The content id of an image without a history. */
    static final int CID = 0x76666572;

    private static final int DESCRIPTOR_SECTORS = 20;
    private static final int FLAGS =
            SparseHeader.FLAG_NEWLINE_TEST | SparseHeader.FLAG_COMPRESSED | SparseHeader.FLAG_MARKERS;

    private StreamLayout() {}

    /** Grain tables of a disk, and so entries of its directory. */
    static long tables(long capacity) {
        long each = (long) GRAIN_SECTORS * TABLE_ENTRIES;
        return (capacity + each - 1) / each;
    }

    /** Everything before the first grain. */
    static ByteBuffer head(long capacity, String fileName, int cid) {
        ByteBuffer head = buffer(OVERHEAD * Container.SECTOR);
        header(head, capacity, SparseHeader.AT_END);
        return head.position(Container.SECTOR)
                .put(descriptor(capacity, fileName, cid))
                .clear();
    }

    /** Everything behind the last grain table. Its first sector is a marker. */
    static ByteBuffer tail(long capacity, int[] directory, long firstSector) {
        int sectors = (int) ((directory.length * 4L + Container.SECTOR - 1) / Container.SECTOR);
        ByteBuffer tail = buffer((sectors + 4) * Container.SECTOR);
        marker(tail, 0, sectors, GrainMarker.GRAIN_DIRECTORY);
        tail.position(Container.SECTOR)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .put(directory);
        int at = (1 + sectors) * Container.SECTOR;
        marker(tail, at, 1, GrainMarker.FOOTER);
        tail.position(at + Container.SECTOR);
        header(tail.slice().order(ByteOrder.LITTLE_ENDIAN), capacity, firstSector + 1);
        marker(tail, at + 2 * Container.SECTOR, 0, GrainMarker.END_OF_STREAM);
        return tail.clear();
    }

    /** A grain table behind its marker. */
    static ByteBuffer table(int[] entries) {
        ByteBuffer table = buffer((1 + TABLE_SECTORS) * Container.SECTOR);
        marker(table, 0, TABLE_SECTORS, GrainMarker.GRAIN_TABLE);
        table.position(Container.SECTOR)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .put(entries);
        return table.clear();
    }

    static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void marker(ByteBuffer target, int at, long sectors, int type) {
        target.putLong(at, sectors).putInt(at + 12, type);
    }

    private static void header(ByteBuffer target, long capacity, long directorySector) {
        target.putInt(0, SparseHeader.MAGIC)
                .putInt(4, 1)
                .putInt(8, FLAGS)
                .putLong(12, capacity)
                .putLong(20, GRAIN_SECTORS)
                .putLong(28, 1)
                .putLong(36, DESCRIPTOR_SECTORS)
                .putInt(44, TABLE_ENTRIES)
                .putLong(56, directorySector)
                .putLong(64, OVERHEAD)
                .putInt(73, SparseHeader.NEWLINES)
                .putShort(77, (short) 1);
    }

    private static byte[] descriptor(long capacity, String fileName, int cid) {
        long cylinders = Math.max(1, Math.min(65535, capacity / (255 * 63)));
        String text = """
                # Disk DescriptorFile
                version=1
                encoding="UTF-8"
                CID=%08x
                parentCID=ffffffff
                createType="streamOptimized"

                # Extent description
                RDONLY %d SPARSE "%s"

                # The Disk Data Base
                #DDB

                ddb.adapterType = "lsilogic"
                ddb.geometry.cylinders = "%d"
                ddb.geometry.heads = "255"
                ddb.geometry.sectors = "63"
                ddb.virtualHWVersion = "13"
                """.formatted(cid, capacity, fileName, cylinders);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > DESCRIPTOR_SECTORS * Container.SECTOR || fileName.indexOf('"') >= 0) {
            throw new IllegalArgumentException("file name " + fileName);
        }
        return bytes;
    }
}
