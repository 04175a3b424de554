package io.vmferry.batch.migration;

import io.vmferry.batch.store.SourceChange;

/** Takes away at the source what only the copy needed: our snapshots. */
public final class FinishSource implements VmStep {
    private final SourceRestore restore;

    public FinishSource(SourceRestore restore) {
        this.restore = restore;
    }

    @Override
    public String name() {
        return "finish";
    }

    @Override
    public void run(VmMigration migration) {
        restore.undo(migration, change -> change.kind() == SourceChange.Kind.SNAPSHOT);
    }
}
