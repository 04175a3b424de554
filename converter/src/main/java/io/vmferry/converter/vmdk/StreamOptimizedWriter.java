package io.vmferry.converter.vmdk;

import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.image.ByteStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
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
    /** Bytes of a grain. */
    public static final int GRAIN = StreamLayout.GRAIN;

    private static final int GRAIN_SECTORS = StreamLayout.GRAIN_SECTORS;
    private static final int TABLE_ENTRIES = StreamLayout.TABLE_ENTRIES;

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
    private final ByteBuffer block = StreamLayout.buffer(GRAIN + GRAIN / 8);

    private long sector;
    private long nextGrain;
    private boolean finished;

    private StreamOptimizedWriter(Output output, String name, long virtualSize, String fileName, int cid) {
        long tables = StreamLayout.tables(virtualSize / Container.SECTOR);
        if (virtualSize <= 0 || virtualSize % Container.SECTOR != 0 || tables > 1 << 22) {
            throw new IllegalArgumentException("a disk of " + virtualSize + " bytes");
        }
        this.output = output;
        this.name = name;
        this.capacity = virtualSize / Container.SECTOR;
        this.directory = new int[(int) tables];
        put(StreamLayout.head(capacity, fileName, cid));
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
        return new StreamOptimizedWriter(output, store.name(), virtualSize, StreamLayout.FILE_NAME, StreamLayout.CID);
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
            content = StreamLayout.buffer(GRAIN).put(content).clear();
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
        put(StreamLayout.tail(capacity, directory, Integer.toUnsignedLong(sectorNumber())));
        finished = true;
    }

    /** Gives up what is not finished, and frees the compressor. */
    @Override
    public void close() {
        finished = true;
        deflater.end();
    }

    private void flushTable() {
        directory[(int) ((nextGrain - 1) / TABLE_ENTRIES)] = sectorNumber() + 1;
        put(StreamLayout.table(table));
        Arrays.fill(table, 0);
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
}
