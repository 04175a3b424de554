package io.vmferry.batch.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.batch.BatchError;
import io.vmferry.batch.Endpoints;
import io.vmferry.batch.live.LiveBoard;
import io.vmferry.batch.store.GateStore;
import io.vmferry.batch.store.SourceChange;
import io.vmferry.batch.store.SourceLedger;
import io.vmferry.batch.store.TaskId;
import io.vmferry.batch.store.TaskStore;
import io.vmferry.rules.model.SourcePolicy;
import io.vmferry.rules.model.SourcePolicy.Running;
import io.vmferry.rules.model.SourcePolicy.WhenStuck;
import io.vmferry.spi.config.Settings;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.spi.target.TargetConfig;
import io.vmferry.spi.target.TargetSession;
import io.vmferry.spi.testing.SampleVms;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is done to a running VM before its disks are copied, and how it is undone. */
class QuiesceSourceTest {
    private static final TaskId TASK = new TaskId("m", "v-1", 1);

    @TempDir
    Path folder = Path.of("");

    private final StillSource source = new StillSource(SampleVms.linux("web01"));
    private final LiveBoard live = new LiveBoard();
    private final StopSignal stop = new StopSignal();
    private TaskStore tasks = new TaskStore(JdbcClient.create(new JdbcDataSource()), Clock.systemUTC());
    private SourceLedger ledger = new SourceLedger(JdbcClient.create(new JdbcDataSource()), Clock.systemUTC());
    private GateStore gates = new GateStore(JdbcClient.create(new JdbcDataSource()), Clock.systemUTC());

    @BeforeEach
    void store() {
        JdbcDataSource data = new JdbcDataSource();
        data.setURL("jdbc:h2:file:" + folder.resolve("store"));
        Flyway.configure()
                .dataSource(data)
                .locations("classpath:db/vmferry")
                .load()
                .migrate();
        JdbcClient jdbc = JdbcClient.create(data);
        tasks = new TaskStore(jdbc, Clock.systemUTC());
        ledger = new SourceLedger(jdbc, Clock.systemUTC());
        gates = new GateStore(jdbc, Clock.systemUTC());
        tasks.create(TASK, "hash", plan());
    }

    private static VmPlan plan() {
        var vm = SampleVms.linux("web01");
        TargetVm target = new TargetVm(
                "web01",
                "default",
                vm.cpu(),
                vm.memoryBytes(),
                vm.firmware(),
                null,
                null,
                "q35",
                "utc",
                TargetVm.BOOT_SAFE,
                false,
                Map.of(),
                Map.of());
        List<DiskPlan> disks = new ArrayList<>();
        for (int i = 0; i < vm.disks().size(); i++) {
            disks.add(new DiskPlan(
                    "d" + i,
                    vm.disks().get(i),
                    "",
                    null,
                    "",
                    "disk-" + i,
                    null,
                    null,
                    null,
                    "sata",
                    null,
                    null,
                    "raw",
                    null,
                    "",
                    0,
                    0));
        }
        return new VmPlan("v-1", vm, target, disks, List.of(), List.of(), List.of());
    }

    private VmMigration migration() {
        ReadPoint point = ledger.open(TASK, SourceChange.Kind.SNAPSHOT)
                .map(change -> new ReadPoint(change.detail()))
                .orElse(ReadPoint.CURRENT);
        return new VmMigration(TASK, tasks.get(TASK).plan(), point, source, noTarget());
    }

    /** Nothing here asks the target. */
    private TargetSession noTarget() {
        TargetConfig config =
                new TargetConfig("m", "directory", new Settings(Map.of("path", List.of(folder.toString())), folder));
        return new Endpoints(List.of(), config).target();
    }

    private void quiesce(Running running, WhenStuck whenStuck) {
        SourcePolicy policy = new SourcePolicy(running, Duration.ofMillis(300), whenStuck, false, true);
        new QuiesceSource(policy, ledger, gates, tasks, live, stop, Duration.ofMillis(1)).run(migration());
    }

    private List<String> versions() {
        return tasks.get(TASK).plan().disks().stream()
                .map(DiskPlan::sourceVersion)
                .toList();
    }

    @Test
    void leavesAVmThatIsOffAloneAndNotesWhatIsCopied() {
        source.power = PowerState.OFF;

        quiesce(Running.REFUSE, WhenStuck.FAIL);

        assertThat(source.deeds).isEmpty();
        assertThat(ledger.open(TASK)).isEmpty();
        assertThat(versions()).containsExactly("v1", "v1");
    }

    @Test
    void doesNothingToARunningVmUnlessAskedTo() {
        assertThatThrownBy(() -> quiesce(Running.REFUSE, WhenStuck.FORCE))
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(BatchError.SOURCE_RUNNING));
        assertThat(source.deeds).isEmpty();
        assertThat(versions()).containsExactly("", "");
    }

    @Test
    void shutsTheGuestDownAndStartsItAgainWhenAllIsUndone() {
        quiesce(Running.SHUTDOWN, WhenStuck.FAIL);

        assertThat(source.deeds).containsExactly("shutdown");
        assertThat(versions()).containsExactly("v1", "v1");
        new SourceRestore(ledger, live).undoAll(migration());
        assertThat(source.deeds).containsExactly("shutdown", "on");
        assertThat(ledger.open(TASK)).isEmpty();
    }

    @Test
    void aGuestThatDoesNotListenFailsTheVmOrLosesItsPowerOrWaitsForAWord() {
        source.slow = -1;

        assertThatThrownBy(() -> quiesce(Running.SHUTDOWN, WhenStuck.FAIL))
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(BatchError.SOURCE_STILL_RUNNING));
        assertThatThrownBy(() -> quiesce(Running.SHUTDOWN, WhenStuck.ASK)).isInstanceOf(AwaitsAnswer.class);
        assertThat(source.deeds).containsExactly("shutdown", "shutdown");

        gates.approve(TASK, QuiesceSource.GATE);
        quiesce(Running.SHUTDOWN, WhenStuck.ASK);
        assertThat(source.lastDeed()).isEqualTo("off");

        source.power = PowerState.ON;
        source.tools = false;
        quiesce(Running.SHUTDOWN, WhenStuck.FORCE);
        assertThat(source.lastDeed()).isEqualTo("off");
    }

    @Test
    void copiesOneSnapshotHoweverOftenItIsContinued() {
        quiesce(Running.SNAPSHOT, WhenStuck.FAIL);
        quiesce(Running.SNAPSHOT, WhenStuck.FAIL);

        assertThat(source.deeds).containsExactly("snapshot vmferry-m-v-1-1");
        assertThat(migration().point().snapshot()).isEqualTo("snapshot-7");
        assertThat(versions()).containsExactly("snapshot-7", "snapshot-7");
        new FinishSource(new SourceRestore(ledger, live)).run(migration());
        assertThat(source.snapshots).isEmpty();
        assertThat(ledger.open(TASK)).isEmpty();
    }

    @Test
    void findsASnapshotAgainOfWhichOnlyTheIntentionWasNoted() {
        // The process died between the source's answer and the note.
        ledger.note(TASK, SourceChange.Kind.SNAPSHOT, QuiesceSource.mark(TASK));
        source.create(source.describe(source.list().findFirst().orElseThrow()).ref(), QuiesceSource.mark(TASK));

        new SourceRestore(ledger, live).undoAll(migration());

        assertThat(source.snapshots).isEmpty();
    }

    @Test
    void marksFitIntoNamesOfSnapshotsAndTellLongMigrationsApart() {
        String longest = "m".repeat(62);
        String one = QuiesceSource.mark(new TaskId(longest + "a", "v-3f9a1c20", 12345));
        String other = QuiesceSource.mark(new TaskId(longest + "b", "v-3f9a1c20", 12345));
        assertThat(one).hasSizeLessThanOrEqualTo(80).isNotEqualTo(other);
    }

    @Test
    void aSnapshotThatIsNotedAnewIsNotTheOneBefore() {
        ledger.note(TASK, SourceChange.Kind.SNAPSHOT, "mark");
        ledger.detail(TASK, SourceChange.Kind.SNAPSHOT, "mark", "snapshot-1");
        ledger.open(TASK).forEach(ledger::undone);
        ledger.note(TASK, SourceChange.Kind.SNAPSHOT, "mark");
        assertThat(ledger.open(TASK))
                .singleElement()
                .satisfies(change -> assertThat(change.detail()).isNull());
    }

    @Test
    void noticesThatTheDiskIsAnotherThanTheOneThatWasBegun() {
        quiesce(Running.SHUTDOWN, WhenStuck.FAIL);
        source.version = "v2";

        assertThatThrownBy(() -> quiesce(Running.SHUTDOWN, WhenStuck.FAIL))
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(BatchError.SOURCE_DRIFTED));
    }

    @Test
    void aStopEndsTheWaitAndIsNoFailure() {
        source.slow = -1;
        stop.request();
        assertThatThrownBy(() -> quiesce(Running.SHUTDOWN, WhenStuck.FORCE)).isInstanceOf(StopRequested.class);
        assertThat(source.deeds).containsExactly("shutdown");
    }

    @Test
    void unplugsCardsAtCutoverAndPlugsThemInAgain() {
        new Cutover(true, ledger, live).run(migration());
        assertThat(source.deeds).hasSize(1).first().asString().startsWith("unplug ");
        new SourceRestore(ledger, live).undoAll(migration());
        assertThat(source.lastDeed()).startsWith("plug ");
    }

    @Test
    void whatCannotBeUndoneStaysInTheLedger() {
        ledger.note(TASK, SourceChange.Kind.POWER_OFF, "vm");
        ledger.note(TASK, SourceChange.Kind.SNAPSHOT, "mark");
        source.power = PowerState.OFF;
        source.failOn = true;

        assertThatThrownBy(() -> new SourceRestore(ledger, live).undoAll(migration()))
                .isInstanceOf(VmferryException.class);

        assertThat(ledger.open(TASK)).extracting(SourceChange::kind).containsExactly(SourceChange.Kind.POWER_OFF);
    }
}
