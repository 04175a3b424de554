package io.vmferry.converter.vmdk;

import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.image.ByteStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Writes a streamOptimized VMDK as ESXi does: header, descriptor, compressed grains each behind its marker, every grain table
 * behind its grains, then grain directory, footer and end mark. Only forward writes are made, so any channel will do. The
 * same content gives the same file.
 *
 * <p>Used by one thread. Memory: one grain, one table, 4 bytes per 32 MiB of disk. An image that was not finished has no end
 * mark, and every reader refuses it.
 */
public final class StreamOptimizedWriter implements AutoCloseable {
    /** Bytes of a grain; every product writes 64 KiB. */
    public static final int GRAIN = 64 << 10;

    private static final int GRAIN_SECTORS = GRAIN / Container.SECTOR;
    private static final int TABLE_ENTRIES = 512;
    private static final int DESCRIPTOR_SECTORS = 20;
    private static final int OVERHEAD = 128;
    private static final int FLAGS =
            SparseHeader.FLAG_NEWLINE_TEST | SparseHeader.FLAG_COMPRESSED | SparseHeader.FLAG_MARKERS;

    /** Takes bytes one after the other. */
    private interface Output {
        void write(ByteBuffer bytes);
    }

    private final Output output;
    private final String name;
    private final long capacity;
    private final Deflater deflater = new Deflater();
    private final int[] table = new int[TABLE_ENTRIES];
    private final int[] directory;
    /** Deflate may expand what it cannot compress; 9/8 covers every zlib. */
    private final ByteBuffer block = buffer(GRAIN + GRAIN / 8);

    private long sector;
    private long nextGrain;
    private boolean finished;

    private StreamOptimizedWriter(Output output, String name, long virtualSize, String fileName, int cid) {
        long tables = (virtualSize + (long) GRAIN * TABLE_ENTRIES - 1) / ((long) GRAIN * TABLE_ENTRIES);
        if (virtualSize <= 0 || virtualSize % Container.SECTOR != 0 || tables > 1 << 22) {
            throw new IllegalArgumentException("a disk of " + virtualSize + " bytes");
        }
        this.output = output;
        this.name = name;
        this.capacity = virtualSize / Container.SECTOR;
        this.directory = new int[(int) tables];
        ByteBuffer head = buffer(OVERHEAD * Container.SECTOR);
        header(head, SparseHeader.AT_END);
        head.position(Container.SECTOR).put(descriptor(fileName, cid));
        put(head.clear());
    }

    /**
     * Starts an image in a channel, which stays the caller's.
     *
     * @param name of the channel, for messages
     * @param virtualSize bytes, a positive multiple of 512 up to 128 TiB
     * @param fileName what the descriptor calls the file; nobody looks for it by this name
     * @param cid content id of the disk, any number but 0xffffffff
     */
    public static StreamOptimizedWriter create(
            WritableByteChannel channel, String name, long virtualSize, String fileName, int cid) {
        Output output = bytes -> {
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                throw IoFailure.writing(name, e);
            }
        };
        return new StreamOptimizedWriter(output, name, virtualSize, fileName, cid);
    }

    /** Starts an image at the beginning of a store, which stays the caller's, with a fixed content id. */
    public static StreamOptimizedWriter create(ByteStore store, long virtualSize) {
        long[] end = new long[1];
        Output output = bytes -> {
            int length = bytes.remaining();
            store.write(end[0], bytes);
            end[0] += length;
        };
        return new StreamOptimizedWriter(output, store.name(), virtualSize, "generated-stream.vmdk", 0x76666572);
    }

    /**
     * Writes one grain, unless it is all zero; what is never written reads as zeros.
     *
     * @param lba sector at which it begins: a multiple of 128, higher than the one before, inside the disk
     * @param content {@link #GRAIN} bytes between position and limit, or as many as the disk still has; consumed
     */
    public void grain(long lba, ByteBuffer content) {
        long room = Math.min(GRAIN, (capacity - lba) * Container.SECTOR);
        if (content.remaining() != room) {
            throw new IllegalArgumentException(content.remaining() + " bytes at LBA " + lba + ", " + room + " are due");
        }
        if (Zeros.only(content)) {
            content.position(content.limit());
            return;
        }
        if (room < GRAIN) {
            // The whole last grain is stored, so that a reader may rely on its length.
            content = buffer(GRAIN).put(content).clear();
        }
        deflater.reset();
        deflater.setInput(content);
        deflater.finish();
        block.clear().position(GrainMarker.SIZE);
        while (!deflater.finished()) {
            deflater.deflate(block);
        }
        append(lba);
    }

    /**
     * Writes one grain that is compressed already.
     *
     * @param zlib one zlib stream over {@link #GRAIN} bytes; consumed
     */
    public void compressedGrain(long lba, ByteBuffer zlib) {
        if (!zlib.hasRemaining() || zlib.remaining() > block.capacity() - GrainMarker.SIZE - Container.SECTOR) {
            throw new IllegalArgumentException("a compressed grain of " + zlib.remaining() + " bytes");
        }
        block.clear().position(GrainMarker.SIZE);
        block.put(zlib);
        append(lba);
    }

    /** Appends the grain whose payload stands in the block behind the room for the marker. */
    private void append(long lba) {
        long grain = lba / GRAIN_SECTORS;
        if (finished || lba % GRAIN_SECTORS != 0 || lba >= capacity || grain < nextGrain) {
            throw new IllegalArgumentException("a grain at LBA " + lba + " does not follow grain " + (nextGrain - 1));
        }
        if (nextGrain > 0 && (nextGrain - 1) / TABLE_ENTRIES != grain / TABLE_ENTRIES) {
            flushTable();
        }
        nextGrain = grain + 1;
        table[(int) (grain % TABLE_ENTRIES)] = sectorNumber();
        block.putLong(0, lba).putInt(8, block.position() - GrainMarker.SIZE);
        while (block.position() % Container.SECTOR != 0) {
            block.put((byte) 0);
        }
        put(block.flip());
    }

    /** Writes tables, directory, footer and end mark. The channel or store is not forced to the medium. */
    public void finish() {
        if (finished) {
            return;
        }
        if (nextGrain > 0) {
            flushTable();
        }
        int sectors = (int) ((directory.length * 4L + Container.SECTOR - 1) / Container.SECTOR);
        marker(sectors, GrainMarker.GRAIN_DIRECTORY);
        long directorySector = sectorNumber();
        ByteBuffer bytes = buffer(sectors * Container.SECTOR);
        bytes.asIntBuffer().put(directory);
        put(bytes);
        marker(1, GrainMarker.FOOTER);
        put(header(buffer(Container.SECTOR), Integer.toUnsignedLong((int) directorySector)));
        marker(0, GrainMarker.END_OF_STREAM);
        finished = true;
    }

    /** Gives up what is not finished, and frees the compressor. */
    @Override
    public void close() {
        finished = true;
        deflater.end();
    }

    private void flushTable() {
        marker(TABLE_ENTRIES * 4 / Container.SECTOR, GrainMarker.GRAIN_TABLE);
        directory[(int) ((nextGrain - 1) / TABLE_ENTRIES)] = sectorNumber();
        ByteBuffer bytes = buffer(TABLE_ENTRIES * 4);
        bytes.asIntBuffer().put(table);
        put(bytes);
        Arrays.fill(table, 0);
    }

    private void marker(long sectors, int type) {
        put(buffer(Container.SECTOR).putLong(0, sectors).putInt(12, type));
    }

    private ByteBuffer header(ByteBuffer bytes, long directorySector) {
        return bytes.putInt(0, SparseHeader.MAGIC)
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

    private byte[] descriptor(String fileName, int cid) {
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

    /** The sector that is written next; table entries have 32 bits for it. */
    private int sectorNumber() {
        if (sector > 0xffffffffL) {
            throw VmdkError.VMDK_TOO_LARGE.of(name, "it passes 2 TiB, which VMDK cannot address");
        }
        return (int) sector;
    }

    private void put(ByteBuffer bytes) {
        sector += bytes.remaining() / Container.SECTOR;
        output.write(bytes);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
