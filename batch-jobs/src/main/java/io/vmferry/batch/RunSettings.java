package io.vmferry.batch;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a run uses this machine.
 *
 * @param stateFolder where block digests of unfinished disks are kept, beside the store
 * @param parallelVms VMs at the same time
 * @param parallelDisks disks at the same time, over all VMs
 * @param copyThreads threads that decode, digest and encode one disk
 * @param slice how long a disk is worked on between two saved positions: what a crash costs at most
 */
public record RunSettings(Path stateFolder, int parallelVms, int parallelDisks, int copyThreads, Duration slice) {}
