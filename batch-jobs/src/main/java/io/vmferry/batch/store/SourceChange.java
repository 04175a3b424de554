package io.vmferry.batch.store;

import org.jspecify.annotations.Nullable;

/**
 * Something that was done at a source for a task and can be undone.
 *
 * @param subject what it was done to, unique within its kind: the mark of a snapshot, the key of a card
 * @param detail what the source gave in return: the key of the snapshot; null before it was done, or where there is none
 */
public record SourceChange(
        TaskId task, Kind kind, String subject, @Nullable String detail) {
    /** What was done. */
    public enum Kind {
        /** The VM ran and was switched off, by its guest or by cutting the power. */
        POWER_OFF,
        /** A snapshot of ours exists. */
        SNAPSHOT,
        /** A card was unplugged. */
        NIC_DISCONNECT
    }
}
