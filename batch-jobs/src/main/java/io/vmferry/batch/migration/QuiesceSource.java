package io.vmferry.batch.migration;

import io.vmferry.batch.BatchError;
import io.vmferry.batch.live.LiveBoard;
import io.vmferry.batch.store.GateStore;
import io.vmferry.batch.store.SourceChange;
import io.vmferry.batch.store.SourceLedger;
import io.vmferry.batch.store.TaskId;
import io.vmferry.batch.store.TaskStore;
import io.vmferry.rules.model.SourcePolicy;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Snapshot;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.PowerControl;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.spi.source.Snapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the VM's disks hold still: its guest is shut down, in steps that get harder as far as the policy allows, or a snapshot
 * is taken. Then notes which versions of the disks are copied. Sources without power, such as files, hold still by themselves.
 */
public final class QuiesceSource implements VmStep {
    /** The gate at which a VM waits whose guest does not shut down. */
    public static final String GATE = "power-off";

    private static final int LONGEST_IN_MARK = 40;

    private static final Duration POWER_OFF = Duration.ofMinutes(2);

    private final SourcePolicy policy;
    private final SourceLedger ledger;
    private final GateStore gates;
    private final TaskStore tasks;
    private final LiveBoard live;
    private final Wait wait;

    /** @param poll how often the source is asked whether the VM is off */
    public QuiesceSource(
            SourcePolicy policy,
            SourceLedger ledger,
            GateStore gates,
            TaskStore tasks,
            LiveBoard live,
            StopSignal stop,
            Duration poll) {
        this.policy = policy;
        this.ledger = ledger;
        this.gates = gates;
        this.tasks = tasks;
        this.live = live;
        this.wait = new Wait(stop, live, poll);
    }

    @Override
    public String name() {
        return "quiesce-source";
    }

    @Override
    public void run(VmMigration migration) {
        ReadPoint point = ReadPoint.CURRENT;
        if (migration.source().power().isPresent()) {
            PowerControl power = migration.source().power().get();
            VmRef vm = migration.plan().vm().ref();
            switch (power.state(vm)) {
                case OFF, UNKNOWN -> {}
                case SUSPENDED ->
                    throw new VmferryException(
                            BatchError.SOURCE_RUNNING,
                            migration.plan().vm().name(),
                            "the VM is suspended: part of its state is in memory, not on its disks",
                            "Resume it, shut its guest down, then run the same command again.");
                case ON -> point = still(migration, power);
            }
        }
        settle(migration, point);
    }

    private ReadPoint still(VmMigration migration, PowerControl power) {
        String vm = migration.plan().vm().name();
        return switch (policy.running()) {
            case REFUSE ->
                throw new VmferryException(
                        BatchError.SOURCE_RUNNING,
                        vm,
                        "the VM runs, and the policy leaves running VMs alone",
                        "Shut it down, or set policy.running: shutdown in the migration file.");
            case SHUTDOWN -> {
                shutDown(migration, power);
                yield ReadPoint.CURRENT;
            }
            case SNAPSHOT -> snapshot(migration);
        };
    }

    private void shutDown(VmMigration migration, PowerControl power) {
        VmRef vm = migration.plan().vm().ref();
        TaskId task = migration.id();
        ledger.note(task, SourceChange.Kind.POWER_OFF, "vm");
        // Whoever allowed it saw that the guest does not listen: it is not asked and waited for once more.
        boolean allowed = gates.approved(task, GATE);
        boolean asked = !allowed && power.shutdownGuest(vm);
        if (asked
                && wait.until(
                        () -> power.state(vm) == PowerState.OFF,
                        policy.shutdownTimeout(),
                        vm.name() + ": waiting for the guest to shut down")) {
            return;
        }
        if (!allowed && policy.whenStuck() != SourcePolicy.WhenStuck.FORCE) {
            String reason = asked
                    ? "the guest did not shut down within "
                            + policy.shutdownTimeout().toSeconds() + " s"
                    : "the guest cannot be asked to shut down, because no guest tools run in it";
            if (policy.whenStuck() == SourcePolicy.WhenStuck.ASK) {
                live.say(vm.name() + ": " + reason + "; its power is cut only when somebody agrees");
                throw new AwaitsAnswer(reason);
            }
            throw new VmferryException(
                    BatchError.SOURCE_STILL_RUNNING,
                    vm.name(),
                    reason,
                    "Shut it down by hand and run the same command again, give it more time (policy.shutdownTimeout), or set"
                            + " policy.whenStuck: force.");
        }
        live.say(vm.name() + ": cutting its power, as allowed");
        power.off(vm);
        if (!wait.until(
                () -> power.state(vm) == PowerState.OFF, POWER_OFF, vm.name() + ": waiting until it is switched off")) {
            throw new VmferryException(
                    BatchError.SOURCE_STILL_RUNNING,
                    vm.name(),
                    "the VM still runs " + POWER_OFF.toSeconds() + " s after its power was cut",
                    "Look at its tasks and events at the source, switch it off there, then run the same command again.");
        }
    }

    private ReadPoint snapshot(VmMigration migration) {
        VmRef vm = migration.plan().vm().ref();
        Snapshots snapshots = migration
                .source()
                .snapshots()
                .orElseThrow(() -> new VmferryException(
                        BatchError.SOURCE_RUNNING,
                        vm.name(),
                        "the VM runs, and this source has no snapshots to copy from",
                        "Set policy.running: shutdown in the migration file."));
        if (migration.point().snapshot() != null) {
            String key = migration.point().snapshot();
            if (snapshots.ours(vm).stream().noneMatch(there -> there.key().equals(key))) {
                ledger.open(migration.id(), SourceChange.Kind.SNAPSHOT).ifPresent(ledger::undone);
                throw new VmferryException(
                        BatchError.SOURCE_DRIFTED,
                        vm.name(),
                        "the snapshot that was being copied is gone",
                        "Run the same command again; it begins with a new one.");
            }
            return migration.point();
        }
        String mark = mark(migration.id());
        ledger.note(migration.id(), SourceChange.Kind.SNAPSHOT, mark);
        live.say(vm.name() + ": taking a snapshot");
        Snapshot taken = snapshots.create(vm, mark);
        ledger.detail(migration.id(), SourceChange.Kind.SNAPSHOT, mark, taken.key());
        return new ReadPoint(taken.key());
    }

    /** Names our snapshots: whose they are can be told from the name alone. At most 80 characters, as vSphere takes them. */
    static String mark(TaskId task) {
        String migration = task.migration();
        if (migration.length() > LONGEST_IN_MARK) {
            // Two long names may begin alike.
            migration = migration.substring(0, LONGEST_IN_MARK) + "-" + Integer.toHexString(migration.hashCode());
        }
        return "vmferry-" + migration + "-" + task.vm() + "-" + task.generation();
    }

    /** From now on the plan says which versions are copied; adoption, resumption and the next recheck compare with them. */
    private void settle(VmMigration migration, ReadPoint point) {
        VmPlan plan = migration.plan();
        List<DiskPlan> settled = new ArrayList<>();
        for (DiskPlan disk : plan.disks()) {
            try (DiskContent content = migration.source().openDisk(plan.vm(), disk.disk(), point)) {
                if (!disk.sourceVersion().isEmpty() && !disk.sourceVersion().equals(content.version())) {
                    throw Recheck.drifted(migration.subject(disk));
                }
                settled.add(disk.withSourceVersion(content.version()));
            }
        }
        tasks.settle(migration.id(), plan.withDisks(settled));
    }
}
