package io.vmferry.simulator.vsphere.disk;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A virtual disk with its snapshots: a flat base and deltas, each of which is a file that can be read while the disk lives on.
 * Layer 0 is the base; the last one takes the guest's writes.
 *
 * <p>Safe for many threads; a reader that runs beside a consolidation sees the same content before and after.
 */
public final class DiskChain {
    private final long size;
    private final ChangeLog changes;
    private volatile List<Layer> layers;

    /** @param base content before anything is written; a multiple of 512 bytes long */
    public DiskChain(ByteSource base, UUID changeTracking) {
        this.size = base.size();
        this.layers = List.of(new Layer(base));
        this.changes = new ChangeLog(changeTracking);
    }

    /** Bytes of the virtual disk. */
    public long size() {
        return size;
    }

    public int layerCount() {
        return layers.size();
    }

    /** What a guest writes. */
    public synchronized void write(long offset, ByteBuffer content) {
        int length = content.remaining();
        if (offset < 0 || offset > size - length) {
            throw new IllegalArgumentException(offset + "+" + length + " of " + size);
        }
        changes.written(offset, length);
        for (long at = offset; content.hasRemaining(); ) {
            int skip = (int) (at % Grain.SIZE);
            int n = Math.min(content.remaining(), Grain.SIZE - skip);
            byte[] grain = new byte[Grain.SIZE];
            long start = at - skip;
            view().read(start, ByteBuffer.wrap(grain, 0, (int) Math.min(Grain.SIZE, size - start)));
            content.get(grain, skip, n);
            top().write(at / Grain.SIZE, new Grain.Stored(grain));
            at += n;
        }
    }

    /** Writes computed content; offset and length are multiples of 4096. Costs no memory for the content. */
    public synchronized void writeSeeded(long offset, long length, long seed) {
        overwrite(offset, length, seed);
    }

    /** Unmaps a range; offset and length are multiples of 4096. */
    public synchronized void discard(long offset, long length) {
        overwrite(offset, length, null);
    }

    private void overwrite(long offset, long length, @Nullable Long seed) {
        if (offset % Grain.SIZE != 0 || length % Grain.SIZE != 0 || offset < 0 || offset > size - length) {
            throw new IllegalArgumentException(offset + "+" + length + " of " + size);
        }
        changes.written(offset, length);
        for (long number = offset / Grain.SIZE; number < (offset + length) / Grain.SIZE; number++) {
            top().write(number, seed == null ? Grain.ZERO : new Grain.Computed(seed, number));
        }
    }

    private Layer top() {
        return layers.get(layers.size() - 1);
    }

    /** Takes a snapshot: the last layer is frozen and a new delta begins. @return change id of that moment */
    public synchronized String snapshot() {
        List<Layer> next = new ArrayList<>(layers);
        next.add(new Layer(null));
        layers = List.copyOf(next);
        return changes.mark();
    }

    /** Removes the snapshot that froze a layer: the layer above it goes into it. */
    public synchronized void consolidate(int layer) {
        List<Layer> next = new ArrayList<>(layers);
        // The upper layer still hides the lower one for readers that hold the old list.
        next.get(layer).merge(next.remove(layer + 1));
        layers = List.copyOf(next);
    }

    /**
     * The virtual disk as seen through a layer and those below it; the map of holes says what is allocated. It stays with the
     * layers that were there when it was made.
     */
    public ByteSource view(int layer) {
        return new ChainView(layers.subList(0, layer + 1), size);
    }

    /** The disk as the guest sees it now. */
    public ByteSource view() {
        return view(layers.size() - 1);
    }

    /** The bytes of a layer's data file: flat, seSparse or COWD. */
    public ByteSource file(int layer, DeltaFormat format) {
        Layer source = layers.get(layer);
        if (source.base() != null) {
            return new FlatFile(source, size);
        }
        return format == DeltaFormat.SE_SPARSE ? new SeSparseFile(source, size) : new CowdFile(source, size);
    }

    /** The change id in the current configuration. */
    public String changeId() {
        return changes.current();
    }

    /** Blocks of {@link #CHANGE_BLOCK} bytes written between two marks; null when they are not of this disk's tracking. */
    public @Nullable BitSet changedSince(String from, @Nullable String to) {
        return changes.changed(from, to);
    }

    /** Blocks of {@link #CHANGE_BLOCK} bytes that are allocated in a layer or below it. */
    public BitSet allocatedBlocks(int layer) {
        ByteSource view = view(layer);
        BitSet blocks = new BitSet();
        for (long at = view.zerosUntil(0); at < size; ) {
            long end = Math.max(view.dataUntil(at), at + 1);
            blocks.set((int) (at / CHANGE_BLOCK), (int) ((end + CHANGE_BLOCK - 1) / CHANGE_BLOCK));
            at = view.zerosUntil(Math.min(size, end));
        }
        return blocks;
    }

    /** Granularity of change tracking in bytes. */
    public static final int CHANGE_BLOCK = ChangeLog.BLOCK;

    /** Makes all change ids so far worthless. */
    public void resetChangeTracking(UUID next) {
        changes.reset(next);
    }
}
