package io.vmferry.batch.migration;

import io.vmferry.batch.Endpoints;
import io.vmferry.batch.store.TaskId;
import io.vmferry.batch.store.TaskStore;
import io.vmferry.spi.plan.VmPlan;

/** Gives a step what it works on, from the store and the open endpoints. */
public final class VmMigrations {
    private final TaskStore tasks;
    private final Endpoints endpoints;

    public VmMigrations(TaskStore tasks, Endpoints endpoints) {
        this.tasks = tasks;
        this.endpoints = endpoints;
    }

    VmMigration of(TaskId id) {
        VmPlan plan = tasks.get(id).plan();
        return new VmMigration(id, plan, endpoints.source(plan.vm().ref().source()), endpoints.target());
    }
}
