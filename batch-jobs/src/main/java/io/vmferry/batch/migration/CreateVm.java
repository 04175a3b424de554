package io.vmferry.batch.migration;

import io.vmferry.batch.store.TaskStore;

/** Writes the virtual machine and everything around it to the target. */
public final class CreateVm implements VmStep {
    private final TaskStore tasks;

    public CreateVm(TaskStore tasks) {
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return "create-vm";
    }

    @Override
    public void run(VmMigration migration) {
        // Noted before they are made, so that a crash in between leaves nothing that nobody knows of.
        tasks.objects(migration.id(), migration.plan().objects());
        tasks.objects(migration.id(), migration.target().createVm(migration.plan()));
    }
}
