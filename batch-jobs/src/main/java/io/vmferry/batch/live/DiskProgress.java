package io.vmferry.batch.live;

/**
 * How far one disk is.
 *
 * @param phase {@code copy} or {@code prove}
 * @param done virtual bytes
 * @param total virtual bytes
 */
public record DiskProgress(String vm, String disk, String phase, long done, long total) {}
