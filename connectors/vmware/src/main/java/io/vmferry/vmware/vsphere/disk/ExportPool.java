package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * So many exports at a time, one disk each, and the clock that renews their leases. Hosts share one buffer of 48 MB among all
 * exports; more of them make all fail.
 */
final class ExportPool implements AutoCloseable {
    static final int DEFAULT = 2;
    /** For the place of a disk before this one: terabytes at the speed of an export. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(24);

    private final Semaphore places;
    private final int size;
    private final ScheduledThreadPoolExecutor clock;

    /** @param size exports at a time */
    ExportPool(int size) {
        this.size = size;
        this.places = new Semaphore(size, true);
        this.clock = new ScheduledThreadPoolExecutor(2, task -> {
            Thread thread = new Thread(task, "vsphere-lease");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
    }

    ScheduledThreadPoolExecutor clock() {
        return clock;
    }

    /** Waits for a place. */
    TransferPermits.Permit take(String subject) {
        try {
            if (places.tryAcquire(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                return places::release;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VmferryException(
                    CommonError.CANCELLED,
                    subject,
                    "somebody asked to stop while it waited for one of " + size + " exports",
                    "Run the same command again.",
                    e);
        }
        throw new VmferryException(
                TransferError.EXPORT_LEASE_LOST,
                subject,
                "none of " + size + " exports ended within " + LONGEST_WAIT.toHours() + " hours",
                "Migrate fewer disks at a time.");
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
