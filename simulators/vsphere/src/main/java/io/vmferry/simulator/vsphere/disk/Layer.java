package io.vmferry.simulator.vsphere.disk;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One file of a disk: the flat base with what was written over it, or a delta with what was written since a snapshot. Grains
 * of a delta keep the place in which they were first written, as in a file that grows.
 *
 * <p>Safe for many threads.
 */
final class Layer {
    private final @Nullable ByteSource base;
    private final NavigableMap<Long, Grain> grains = new TreeMap<>();
    /** Numbers of grains in the order of their first write. */
    private final List<Long> order = new ArrayList<>();

    private final Map<Long, Integer> slots = new HashMap<>();

    /** @param base content of a flat disk before anything was written here; null for a delta */
    Layer(@Nullable ByteSource base) {
        this.base = base;
    }

    @Nullable
    ByteSource base() {
        return base;
    }

    synchronized void write(long number, Grain grain) {
        grains.put(number, grain);
        if (!slots.containsKey(number)) {
            slots.put(number, order.size());
            order.add(number);
        }
    }

    synchronized @Nullable Grain grain(long number) {
        return grains.get(number);
    }

    /** Place of a grain in the order of writing; -1 when it was never written here. */
    synchronized int slot(long number) {
        return slots.getOrDefault(number, -1);
    }

    /** The grain that was written at a place. */
    synchronized long numberAt(int slot) {
        return order.get(slot);
    }

    synchronized int slotCount() {
        return order.size();
    }

    /** Takes over what another layer has on top of this one. */
    void merge(Layer above) {
        synchronized (above) {
            for (long number : above.order) {
                write(number, above.grains.getOrDefault(number, Grain.ZERO));
            }
        }
    }

    /** Puts a part of one grain that was written here. */
    void put(long number, int from, int length, ByteBuffer target) {
        Grain grain = grain(number);
        (grain == null ? Grain.ZERO : grain).put(from, length, target);
    }

    /** Puts content of the base as it was before anything was written; zeros behind its end. */
    void putBase(long offset, int length, ByteBuffer target) {
        int limit = target.limit();
        target.limit(target.position() + length);
        if (base != null) {
            base.read(offset, target);
        }
        Zeros.fill(target, target.remaining());
        target.limit(limit);
    }

    /** The next grain from a number on that was written here; {@link Long#MAX_VALUE} when there is none. */
    synchronized long nextWritten(long number) {
        Long next = grains.ceilingKey(number);
        return next == null ? Long.MAX_VALUE : next;
    }
}
