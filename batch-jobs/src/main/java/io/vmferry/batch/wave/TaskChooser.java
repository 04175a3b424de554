package io.vmferry.batch.wave;

import io.vmferry.batch.Endpoints;
import io.vmferry.batch.store.SourceChange;
import io.vmferry.batch.store.SourceLedger;
import io.vmferry.batch.store.Task;
import io.vmferry.batch.store.TaskId;
import io.vmferry.batch.store.TaskStore;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.report.RunState;
import io.vmferry.spi.target.PreparedDisk;
import java.util.Optional;

/**
 * Decides which generation of a VM a run works on: the last one while it is unfinished and its plan is the same; none when it
 * is finished and still there; a new one otherwise. Disks that are already complete are adopted in any case, by the target.
 */
public final class TaskChooser {
    private final TaskStore tasks;
    private final SourceLedger ledger;
    private final Endpoints endpoints;

    public TaskChooser(TaskStore tasks, SourceLedger ledger, Endpoints endpoints) {
        this.tasks = tasks;
        this.ledger = ledger;
        this.endpoints = endpoints;
    }

    /** @param finished nothing is left to do */
    public record Choice(TaskId task, boolean finished) {}

    public Choice choose(String migration, VmPlan vm) {
        String hash = VmPlanHash.of(vm);
        Optional<Task> latest = tasks.latest(migration, vm.key());
        if (latest.isPresent() && latest.get().state() != RunState.DONE && midway(latest.get())) {
            return new Choice(latest.get().id(), false);
        }
        if (latest.isPresent() && latest.get().planHash().equals(hash)) {
            Task task = latest.get();
            if (task.state() != RunState.DONE && sameContent(task.plan(), vm)) {
                tasks.settle(task.id(), vm);
                return new Choice(task.id(), false);
            }
            if (task.state() == RunState.DONE && stillThere(vm)) {
                return new Choice(task.id(), true);
            }
        }
        int generation = latest.map(task -> task.id().generation()).orElse(0) + 1;
        TaskId id = new TaskId(migration, vm.key(), generation);
        tasks.create(id, hash, vm);
        return new Choice(id, false);
    }

    /**
     * What the source shows now is our own doing and no reason to plan anew: a snapshot is copied while the VM goes on and its
     * disks change, or its cards are unplugged already. It is finished with the plan it was begun with, or rolled back.
     */
    private boolean midway(Task task) {
        return ledger.open(task.id(), SourceChange.Kind.SNAPSHOT).isPresent()
                || ledger.open(task.id(), SourceChange.Kind.NIC_DISCONNECT).isPresent();
    }

    /** Whether what was copied so far, if anything was, is still what the disks hold. */
    private static boolean sameContent(VmPlan begun, VmPlan now) {
        for (int i = 0; i < begun.disks().size(); i++) {
            String version = begun.disks().get(i).sourceVersion();
            if (!version.isEmpty() && !version.equals(now.disks().get(i).sourceVersion())) {
                return false;
            }
        }
        return true;
    }

    private boolean stillThere(VmPlan vm) {
        try {
            return vm.disks().stream()
                    .allMatch(disk -> endpoints.target().prepareDisk(vm, disk).state() == PreparedDisk.State.FINISHED);
        } catch (VmferryException e) {
            // Whatever is wrong there is this VM's own failure; its job meets it again and says so.
            return false;
        }
    }
}
