package io.vmferry.simulator.vsphere.world;

import io.vmferry.simulator.vsphere.wire.SoapFault;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task: work that goes on after the call that asked for it. Guarded by the world's lock. */
public final class SimulatedTask extends Entity {
    public final Entity target;
    public final String descriptionId;
    public final Instant queued;
    private @Nullable Instant completed;
    private @Nullable Object result;
    private @Nullable SoapFault error;

    SimulatedTask(String id, Entity target, String descriptionId, Instant queued) {
        super("Task", id, null, descriptionId);
        this.target = target;
        this.descriptionId = descriptionId;
        this.queued = queued;
    }

    void complete(@Nullable Object value, @Nullable SoapFault failure, Instant now) {
        result = value;
        error = failure;
        completed = now;
        touch();
    }

    /** {@code running}, {@code success} or {@code error}. */
    public String state() {
        return completed == null ? "running" : error == null ? "success" : "error";
    }

    public @Nullable Instant completed() {
        return completed;
    }

    public @Nullable Object result() {
        return result;
    }

    public @Nullable SoapFault error() {
        return error;
    }
}
