package io.vmferry.simulator.vsphere.world;

import io.vmferry.simulator.vsphere.wire.SoapFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A lease for reading the disks of a machine or a snapshot (HttpNfcLease). It ends by itself when nobody reports progress in
 * time. Guarded by the world's lock.
 */
public final class ExportLease extends Entity {
    public final Vm vm;
    /** Layer up to which each disk is exported; null: as it is now. */
    public final @Nullable VmSnapshot snapshot;

    public final Duration timeout;
    /** The part of the disk addresses that gives access: a secret. */
    public final String token;

    private final Instant readyAt;
    private Instant lastSign;
    private State state = State.INITIALIZING;
    private @Nullable SoapFault error;
    private int progress;
    private final Map<Integer, Long> sent = new ConcurrentHashMap<>();

    /** As in the API, in lower case. */
    public enum State {
        INITIALIZING,
        READY,
        DONE,
        ERROR
    }

    ExportLease(
            String id,
            Vm vm,
            @Nullable VmSnapshot snapshot,
            Duration timeout,
            String token,
            Instant now,
            Instant readyAt) {
        super("HttpNfcLease", id, vm, id);
        this.vm = vm;
        this.snapshot = snapshot;
        this.timeout = timeout;
        this.token = token;
        this.readyAt = readyAt;
        this.lastSign = now;
        if (snapshot == null) {
            vm.exports++;
        }
    }

    /** Lets time take effect. */
    void tick(Instant now) {
        if (state == State.INITIALIZING && !now.isBefore(readyAt)) {
            state = State.READY;
            lastSign = now;
            touch();
        }
        if (state == State.READY && now.isAfter(lastSign.plus(timeout))) {
            expire();
        }
    }

    /** Ends it for want of progress. */
    public void expire() {
        if (open()) {
            end(State.ERROR, new SoapFault("Timedout", "Operation timed out."));
        }
    }

    /** Disks of an export in the order of their numbers; a snapshot has no independent ones. */
    public List<VmDisk> disks() {
        return vm.disks().stream()
                .filter(disk -> snapshot == null || !disk.spec().independent())
                .toList();
    }

    public void progress(int percent, Instant now) {
        requireReady();
        progress = percent;
        lastSign = now;
        touch();
    }

    public void complete() {
        requireReady();
        end(State.DONE, null);
    }

    public void abort(@Nullable SoapFault reason) {
        if (open()) {
            end(
                    State.ERROR,
                    reason == null ? new SoapFault("RequestCanceled", "The task was canceled by a user.") : reason);
        }
    }

    private void requireReady() {
        if (state != State.READY) {
            throw new SoapFault("InvalidState", "The operation is not allowed in the current state.");
        }
    }

    private void end(State next, @Nullable SoapFault reason) {
        if (snapshot == null) {
            vm.exports--;
        }
        state = next;
        error = reason;
        touch();
    }

    /** Notes that so many bytes of a disk were sent; may be called without the lock. */
    public void sent(int disk, long bytes) {
        sent.put(disk, bytes);
    }

    public long sent(int disk) {
        return sent.getOrDefault(disk, 0L);
    }

    public boolean open() {
        return state == State.INITIALIZING || state == State.READY;
    }

    public State state() {
        return state;
    }

    public int progress() {
        return progress;
    }

    public @Nullable SoapFault error() {
        return error;
    }
}
