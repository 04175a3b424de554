package io.vmferry.batch.migration;

import io.vmferry.batch.store.GateStore;
import io.vmferry.rules.model.Policy.Gate;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;

/**
 * Turns our steps into Batch's. None gets the database's transaction manager: with it, every step that moves bytes would hold
 * a connection for hours, and the pool runs dry.
 */
public final class StepFactory {
    private final JobRepository repository;
    private final VmMigrations migrations;
    private final Failures failures;
    private final GateStore gates;
    private final TaskLedger ledger;
    private final Duration slice;
    private final Set<DiskWorkTasklet> sliced = ConcurrentHashMap.newKeySet();

    /** @param slice how long a disk is worked on between two saved positions */
    public StepFactory(
            JobRepository repository,
            VmMigrations migrations,
            Failures failures,
            GateStore gates,
            TaskLedger ledger,
            Duration slice) {
        this.repository = repository;
        this.migrations = migrations;
        this.failures = failures;
        this.gates = gates;
        this.ledger = ledger;
        this.slice = slice;
    }

    /** Skipped by a restart once it has completed. */
    Step once(VmStep step) {
        return new StepBuilder(step.name(), repository)
                .tasklet(new VmStepTasklet(step, migrations, failures), new ResourcelessTransactionManager())
                .listener(ledger)
                .build();
    }

    /** Runs at every start of the job, also when it had completed before. */
    Step always(VmStep step) {
        return new StepBuilder(step.name(), repository)
                .tasklet(new VmStepTasklet(step, migrations, failures), new ResourcelessTransactionManager())
                .listener(ledger)
                .allowStartIfComplete(true)
                .build();
    }

    Step gate(Gate gate, Set<Gate> shut) {
        return new StepBuilder("gate-" + GateTasklet.word(gate), repository)
                .tasklet(new GateTasklet(gate, shut, gates), new ResourcelessTransactionManager())
                .allowStartIfComplete(true)
                .build();
    }

    Step slices(DiskWork.Factory work) {
        DiskWorkTasklet tasklet = new DiskWorkTasklet(work, slice, migrations, failures);
        sliced.add(tasklet);
        return new StepBuilder(work.name() + "-disk", repository)
                .tasklet(tasklet, new ResourcelessTransactionManager())
                .listener((StepExecutionListener) tasklet)
                .build();
    }

    StepExecutionListener stepLedger() {
        return ledger;
    }

    JobExecutionListener jobLedger() {
        return ledger;
    }

    /** Makes every slice under way end soon. */
    public void hurry() {
        sliced.forEach(DiskWorkTasklet::hurry);
    }
}
