package io.vmferry.simulator.vsphere.disk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changed block tracking of one disk: which blocks of 64 KiB were written between two marks. Marks are the change ids of the
 * API, {@code uuid/number}. After a reset the uuid is another one and old ids are worth nothing.
 *
 * <p>Safe for many threads.
 */
final class ChangeLog {
    static final int BLOCK = 64 << 10;

    private UUID uuid;
    private int first;
    /** One set per mark: what was written since it. */
    private final List<BitSet> epochs = new ArrayList<>(List.of(new BitSet()));

    ChangeLog(UUID uuid) {
        this.uuid = uuid;
        this.first = 1;
    }

    synchronized void written(long offset, long length) {
        epochs.get(epochs.size() - 1).set((int) (offset / BLOCK), (int) ((offset + length + BLOCK - 1) / BLOCK));
    }

    /** The id of now; what is written later counts as changed since it. */
    synchronized String mark() {
        epochs.add(new BitSet());
        return id(epochs.size() - 1);
    }

    /** The id that the disk has in the current configuration. */
    synchronized String current() {
        return id(epochs.size() - 1);
    }

    private String id(int epoch) {
        byte[] hex = uuid.toString().replace("-", "").getBytes(StandardCharsets.US_ASCII);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < hex.length; i += 2) {
            text.append(i == 0 ? "" : i == 16 ? "-" : " ").append((char) hex[i]).append((char) hex[i + 1]);
        }
        return text + "/" + (first + epoch);
    }

    /** What an unclean power loss or a moved disk does. */
    synchronized void reset(UUID next) {
        uuid = next;
        first = 1;
        epochs.clear();
        epochs.add(new BitSet());
    }

    /**
     * Blocks written since a mark.
     *
     * @param to a later mark up to which writes count; null now
     * @return null when the id is not of this log
     */
    synchronized @Nullable BitSet changed(String from, @Nullable String to) {
        int start = epoch(from);
        int end = to == null ? epochs.size() : epoch(to);
        if (start < 0 || end < 0) {
            return null;
        }
        BitSet blocks = new BitSet();
        for (int i = start; i < end; i++) {
            blocks.or(epochs.get(i));
        }
        return blocks;
    }

    private int epoch(String id) {
        for (int i = 0; i < epochs.size(); i++) {
            if (id(i).equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
