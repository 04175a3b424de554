package io.vmferry.batch.migration;

import io.vmferry.batch.BatchError;
import io.vmferry.batch.live.LiveBoard;
import io.vmferry.batch.store.SourceChange;
import io.vmferry.batch.store.SourceLedger;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Snapshot;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.source.PowerControl;
import io.vmferry.spi.source.Snapshots;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** Undoes what was done at the source, last first, and crosses it off the ledger. What is as it was already counts as undone. */
public final class SourceRestore {
    private final SourceLedger ledger;
    private final LiveBoard live;

    public SourceRestore(SourceLedger ledger, LiveBoard live) {
        this.ledger = ledger;
        this.live = live;
    }

    /** Undoes everything, as if the VM had never been touched. */
    public void undoAll(VmMigration migration) {
        undo(migration, change -> true);
    }

    void undo(VmMigration migration, Predicate<SourceChange> which) {
        List<SourceChange> open = new ArrayList<>(ledger.open(migration.id()));
        Collections.reverse(open);
        VmferryException first = null;
        for (SourceChange change : open) {
            if (which.test(change)) {
                try {
                    undo(migration, change);
                    ledger.undone(change);
                } catch (VmferryException e) {
                    // The others are undone all the same; what is left stays in the ledger for the next attempt.
                    if (first == null) {
                        first = e;
                    }
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void undo(VmMigration migration, SourceChange change) {
        Vm vm = migration.plan().vm();
        switch (change.kind()) {
            case POWER_OFF -> {
                PowerControl power = migration.source().power().orElseThrow(() -> impossible(vm, "power"));
                if (power.state(vm.ref()) != PowerState.ON) {
                    power.on(vm.ref());
                    live.say(vm.name() + ": switched on again at the source");
                }
            }
            case SNAPSHOT -> {
                Snapshots snapshots = migration.source().snapshots().orElseThrow(() -> impossible(vm, "snapshots"));
                for (Snapshot ours : snapshots.ours(vm.ref())) {
                    if (ours.key().equals(change.detail()) || ours.name().equals(change.subject())) {
                        snapshots.remove(vm.ref(), ours);
                        live.say(vm.name() + ": our snapshot was removed");
                    }
                }
            }
            case NIC_DISCONNECT -> {
                for (Nic nic : vm.nics()) {
                    if (nic.key().equals(change.subject())) {
                        migration
                                .source()
                                .nics()
                                .orElseThrow(() -> impossible(vm, "cards"))
                                .reconnect(vm.ref(), nic);
                        live.say(vm.name() + " / " + nic.label() + ": plugged in again at the source");
                    }
                }
            }
        }
    }

    private static VmferryException impossible(Vm vm, String what) {
        return new VmferryException(
                BatchError.SOURCE_UNKNOWN,
                vm.name(),
                "its " + what
                        + " were changed for this migration, and the source of that name now has no control over them",
                "Use the migration file that this run was started with.");
    }
}
