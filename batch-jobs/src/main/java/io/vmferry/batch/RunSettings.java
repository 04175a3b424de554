package io.vmferry.batch;

import io.vmferry.rules.model.SourcePolicy;
import io.vmferry.spi.image.DiskImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * How a run uses this machine.
 *
 * @param stateFolder where block digests of unfinished disks are kept, beside the store
 * @param parallelVms VMs at the same time
 * @param parallelDisks disks at the same time, over all VMs
 * @param copyThreads threads that decode, digest and encode one disk
 * @param slice how long a disk is worked on between two saved positions: what a crash costs at most
 * @param source wraps every disk that is read, for instance to limit the rate
 * @param policy what may be done at the sources
 */
public record RunSettings(
        Path stateFolder,
        int parallelVms,
        int parallelDisks,
        int copyThreads,
        Duration slice,
        UnaryOperator<DiskImage> source,
        SourcePolicy policy) {}
