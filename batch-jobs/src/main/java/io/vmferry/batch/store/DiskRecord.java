package io.vmferry.batch.store;

import io.vmferry.spi.report.RunState;
import org.jspecify.annotations.Nullable;

/**
 * A disk of a task as stored.
 *
 * @param disk {@code DiskPlan.key()}
 * @param position virtual bytes that are safe on the target
 * @param digest blkhash of the content; null until done
 * @param proof how the target's copy was compared with it; empty: not
 */
public record DiskRecord(
        String disk,
        RunState state,
        String targetPath,
        long position,
        long bytesRead,
        long bytesWritten,
        @Nullable String digest,
        String proof,
        double seconds) {

    public DiskRecord in(RunState newState) {
        return new DiskRecord(disk, newState, targetPath, position, bytesRead, bytesWritten, digest, proof, seconds);
    }

    public DiskRecord proven(String how) {
        return new DiskRecord(disk, state, targetPath, position, bytesRead, bytesWritten, digest, how, seconds);
    }
}
