package io.vmferry.spi.target;

import org.jspecify.annotations.Nullable;

/**
 * What was found or made for a disk.
 *
 * @param location path or object, for people
 * @param evidence what was committed; only when finished
 */
public record PreparedDisk(
        State state, String location, @Nullable DiskEvidence evidence) {
    /** How far a disk is. */
    public enum State {
        /** Empty. */
        NEW,
        /** Begun earlier; a seekable sink can go on, another starts again. */
        BEGUN,
        /** Committed earlier, and still what was committed as far as looking at it tells. */
        FINISHED
    }
}
