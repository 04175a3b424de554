package io.vmferry.batch.migration;

import io.vmferry.batch.Endpoints;
import io.vmferry.batch.store.SourceChange;
import io.vmferry.batch.store.SourceLedger;
import io.vmferry.batch.store.TaskId;
import io.vmferry.batch.store.TaskStore;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.source.ReadPoint;

/** Gives a step what it works on, from the store and the open endpoints. */
public final class VmMigrations {
    private final TaskStore tasks;
    private final SourceLedger ledger;
    private final Endpoints endpoints;

    public VmMigrations(TaskStore tasks, SourceLedger ledger, Endpoints endpoints) {
        this.tasks = tasks;
        this.ledger = ledger;
        this.endpoints = endpoints;
    }

    public VmMigration of(TaskId id) {
        VmPlan plan = tasks.get(id).plan();
        ReadPoint point = ledger.open(id, SourceChange.Kind.SNAPSHOT)
                .map(change -> new ReadPoint(change.detail()))
                .orElse(ReadPoint.CURRENT);
        return new VmMigration(id, plan, point, endpoints.source(plan.vm().ref().source()), endpoints.target());
    }
}
