package io.vmferry.batch.migration;

import io.vmferry.rules.model.Policy.Gate;
import io.vmferry.spi.plan.VmPlan;
import java.util.Set;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.core.task.TaskExecutor;

/**
 * The job that migrates one VM. One job instance per VM and generation, partitioned per disk where bytes move.
 *
 * <p>Every step may run again: it adopts what is there. Steps between which a person may have to decide are separated by a
 * {@link Gate}. No step holds a database transaction around its I/O.
 */
public final class MigrateVmJob {
    public static final String NAME = "migrate-vm";

    private static final String SUCCESS = ExitStatus.COMPLETED.getExitCode();

    private final JobRepository repository;
    private final Steps steps;
    private final TaskExecutor diskExecutor;

    /** The parts the job is put together from; see there for what each does. */
    public record Steps(
            VmStep recheck,
            VmStep prepareTarget,
            VmStep quiesceSource,
            DiskWork.Factory transfer,
            DiskWork.Factory prove,
            VmStep cutover,
            VmStep createVm,
            VmStep finish,
            JobExecutionListener restore,
            StepFactory factory) {}

    public MigrateVmJob(JobRepository repository, Steps steps, TaskExecutor diskExecutor) {
        this.repository = repository;
        this.steps = steps;
        this.diskExecutor = diskExecutor;
    }

    /** @param shut gates at which this job waits for an answer */
    public Job job(VmPlan plan, Set<Gate> shut) {
        StepFactory make = steps.factory();
        Step recheck = make.always(steps.recheck());
        Step mayTransfer = make.gate(Gate.TRANSFER, shut);
        Step prepareTarget = make.once(steps.prepareTarget());
        Step quiesceSource = make.always(steps.quiesceSource());
        Step transfer = perDisk(plan, steps.transfer());
        Step prove = perDisk(plan, steps.prove());
        Step cutover = make.once(steps.cutover());
        Step createVm = make.once(steps.createVm());
        Step mayAccept = make.gate(Gate.ACCEPT, shut);
        Step finish = make.once(steps.finish());

        return new JobBuilder(NAME, repository)
                .listener(steps.restore())
                .listener(make.jobLedger())
                .start(recheck)
                .next(mayTransfer)
                .on(GateTasklet.PENDING)
                .stopAndRestart(mayTransfer)
                .from(mayTransfer)
                .on(GateTasklet.APPROVED)
                .to(prepareTarget)
                .next(quiesceSource)
                // A guest that does not shut down waits for a person to allow that its power is cut.
                .on(GateTasklet.PENDING)
                .stopAndRestart(quiesceSource)
                .from(quiesceSource)
                .on(SUCCESS)
                .to(transfer)
                .next(prove)
                .next(cutover)
                .next(createVm)
                .next(mayAccept)
                .on(GateTasklet.PENDING)
                .stopAndRestart(mayAccept)
                .from(mayAccept)
                .on(GateTasklet.APPROVED)
                .to(finish)
                .end()
                .build();
    }

    private Step perDisk(VmPlan plan, DiskWork.Factory work) {
        return new StepBuilder(work.name(), repository)
                .partitioner(work.name(), new DiskPartitioner(plan))
                .step(steps.factory().slices(work))
                .gridSize(Math.max(1, plan.disks().size()))
                .taskExecutor(diskExecutor)
                .listener(steps.factory().stepLedger())
                .build();
    }
}
