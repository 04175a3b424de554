package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.vsphere.client.Moref;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An export lease from the question to its end. It is renewed as long as it is open, also while the target is slow, and
 * always ended: completed when everything came, aborted otherwise. A lease that nobody ends keeps the VM locked.
 */
final class Lease implements AutoCloseable {
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(60);

    private static final Duration UNKNOWN_TIMEOUT = Duration.ofSeconds(300);

    private final LeaseCalls calls;
    private final Moref moref;
    private final DiskPlace place;
    private final LeaseCalls.Offer offer;
    private final Duration timeout;
    private final ScheduledFuture<?> renewal;
    private volatile long lastSign = System.nanoTime();
    private volatile @Nullable VmferryException lost;
    private boolean ended;

    private Lease(
            LeaseCalls calls,
            Moref moref,
            DiskPlace place,
            LeaseCalls.Offer offer,
            Duration timeout,
            ScheduledExecutorService clock,
            IntSupplier percent) {
        this.calls = calls;
        this.moref = moref;
        this.place = place;
        this.offer = offer;
        this.timeout = timeout.isZero() ? UNKNOWN_TIMEOUT : timeout;
        // Leaves four more tries before the server takes the lease back.
        Duration fifth = this.timeout.dividedBy(5);
        long period = (fifth.compareTo(LONGEST_PERIOD) > 0 ? LONGEST_PERIOD : fifth).toMillis();
        this.renewal = clock.scheduleWithFixedDelay(
                () -> renew(percent), Math.max(1, period), Math.max(1, period), TimeUnit.MILLISECONDS);
    }

    /**
     * Asks for a lease and waits until it is ready.
     *
     * @param clock renews it
     * @param percent how far the disk is, for the vSphere client's task list
     * @param patience how long the server may take
     */
    static Lease open(
            LeaseCalls calls, DiskPlace place, ScheduledExecutorService clock, IntSupplier percent, Duration patience) {
        Moref moref = calls.export(place);
        try {
            LeaseCalls.State state = ready(calls, moref, place, patience);
            LeaseCalls.Offer offer = OfferedDisk.find(state.files(), place)
                    .orElseThrow(() -> refused(
                            place,
                            "the export offers " + state.files() + ", and none of them is surely this disk",
                            "Independent and raw disks are left out of exports; use transfer: folder for them."));
            return new Lease(calls, moref, place, offer, state.timeout(), clock, percent);
        } catch (RuntimeException | Error e) {
            abort(calls, moref, e);
            throw e;
        }
    }

    private static LeaseCalls.State ready(LeaseCalls calls, Moref moref, DiskPlace place, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        long pause = 50;
        while (true) {
            LeaseCalls.State state = calls.state(moref);
            switch (state.phase()) {
                case "ready" -> {
                    return state;
                }
                case "initializing" -> {
                    // Asked again below.
                }
                default ->
                    throw refused(
                            place,
                            "vSphere does not export it: " + (state.error().isEmpty() ? state.phase() : state.error()),
                            "See the VM's recent tasks; encrypted VMs, physical raw disks and disks that several VMs"
                                    + " share cannot be exported.");
            }
            if (System.nanoTime() - deadline > 0) {
                throw refused(
                        place,
                        "the export lease was not ready after " + patience.toSeconds() + " s",
                        "Look at the host's load and the VM's recent tasks, then run the same command again.");
            }
            sleep(pause, place);
            pause = Math.min(2000, pause * 2);
        }
    }

    private static void sleep(long millis, DiskPlace place) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VmferryException(
                    CommonError.CANCELLED, place.subject(), "somebody asked to stop", "Run the same command again.", e);
        }
    }

    private static VmferryException refused(DiskPlace place, String reason, String remedy) {
        return new VmferryException(TransferError.EXPORT_REFUSED, place.subject(), reason, remedy);
    }

    LeaseCalls.Offer offer() {
        return offer;
    }

    private void renew(IntSupplier percent) {
        try {
            calls.progress(moref, percent.getAsInt());
            lastSign = System.nanoTime();
        } catch (VmferryException e) {
            boolean over = System.nanoTime() - lastSign > timeout.toNanos();
            if (!e.code().retryable() || over) {
                lost = e;
                renewal.cancel(false);
            }
        } catch (RuntimeException e) {
            lost = new VmferryException(
                    CommonError.INTERNAL, place.subject(), "renewing the lease failed", "Report this as a defect.", e);
            renewal.cancel(false);
        }
    }

    /** Throws when the lease ended by itself. */
    void requireAlive() {
        VmferryException cause = lost;
        if (cause != null) {
            throw new VmferryException(
                    TransferError.EXPORT_LEASE_LOST,
                    place.subject(),
                    "the export lease ended before the disk did (" + cause.reason() + ")",
                    "Look whether somebody cancelled the export or the host restarted; this disk begins again from its"
                            + " start.",
                    cause);
        }
    }

    /** Everything came. */
    synchronized void complete() {
        if (ended) {
            return;
        }
        requireAlive();
        renewal.cancel(false);
        calls.complete(moref);
        ended = true;
    }

    /** Aborts unless it was completed. */
    @Override
    public synchronized void close() {
        renewal.cancel(false);
        if (ended) {
            return;
        }
        ended = true;
        abort(calls, moref, null);
    }

    private static void abort(LeaseCalls calls, Moref moref, @Nullable Throwable because) {
        // An interrupt would close the connection that tells the server.
        boolean interrupted = Thread.interrupted();
        try {
            calls.abort(moref);
        } catch (VmferryException e) {
            // It ends by its timeout then.
            if (because != null) {
                because.addSuppressed(e);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
