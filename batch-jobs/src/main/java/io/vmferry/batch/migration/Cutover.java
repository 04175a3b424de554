package io.vmferry.batch.migration;

import io.vmferry.batch.live.LiveBoard;
import io.vmferry.batch.store.SourceChange;
import io.vmferry.batch.store.SourceLedger;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.source.NicControl;

/**
 * The copy is complete and proven; from here on the VM lives on the target. Unplugs its cards at the source if that is asked
 * for, so that somebody who starts it there by mistake does not bring a second machine with the same addresses.
 */
public final class Cutover implements VmStep {
    private final boolean disconnectNics;
    private final SourceLedger ledger;
    private final LiveBoard live;

    public Cutover(boolean disconnectNics, SourceLedger ledger, LiveBoard live) {
        this.disconnectNics = disconnectNics;
        this.ledger = ledger;
        this.live = live;
    }

    @Override
    public String name() {
        return "cutover";
    }

    @Override
    public void run(VmMigration migration) {
        // What a snapshot is copied from goes on running and keeps its network.
        if (!disconnectNics || migration.point().snapshot() != null) {
            return;
        }
        NicControl control = migration.source().nics().orElse(null);
        if (control == null) {
            return;
        }
        Vm vm = migration.plan().vm();
        for (Nic nic : vm.nics()) {
            if (nic.connected()) {
                ledger.note(migration.id(), SourceChange.Kind.NIC_DISCONNECT, nic.key());
                control.disconnect(vm.ref(), nic);
                live.say(vm.name() + " / " + nic.label() + ": unplugged at the source");
            }
        }
    }
}
