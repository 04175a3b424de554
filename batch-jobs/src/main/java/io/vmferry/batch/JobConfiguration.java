package io.vmferry.batch;

import io.vmferry.batch.live.LiveBoard;
import io.vmferry.batch.migration.CreateVm;
import io.vmferry.batch.migration.Cutover;
import io.vmferry.batch.migration.Failures;
import io.vmferry.batch.migration.FinishSource;
import io.vmferry.batch.migration.MigrateVmJob;
import io.vmferry.batch.migration.PrepareTarget;
import io.vmferry.batch.migration.ProveDisk;
import io.vmferry.batch.migration.QuiesceSource;
import io.vmferry.batch.migration.Recheck;
import io.vmferry.batch.migration.RestoreOnFailure;
import io.vmferry.batch.migration.SourceRestore;
import io.vmferry.batch.migration.StepFactory;
import io.vmferry.batch.migration.StopSignal;
import io.vmferry.batch.migration.TaskLedger;
import io.vmferry.batch.migration.TransferDisk;
import io.vmferry.batch.migration.VmMigrations;
import io.vmferry.batch.store.DiskStore;
import io.vmferry.batch.store.GateStore;
import io.vmferry.batch.store.RunStore;
import io.vmferry.batch.store.SourceLedger;
import io.vmferry.batch.store.StepStore;
import io.vmferry.batch.store.TaskStore;
import io.vmferry.batch.wave.JobLaunch;
import io.vmferry.batch.wave.MigrationRun;
import io.vmferry.batch.wave.StopOnTerm;
import io.vmferry.batch.wave.TaskChooser;
import java.time.Duration;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Puts the migrate-vm job and the run around it together. */
@Configuration(proxyBeanMethods = false)
class JobConfiguration {
    /** How often a source is asked whether a VM is off. */
    private static final Duration POLL = Duration.ofSeconds(2);

    /** Readable JSON in Batch's context columns instead of serialized objects. */
    @Bean
    JacksonExecutionContextStringSerializer executionContextSerializer() {
        return new JacksonExecutionContextStringSerializer();
    }

    @Bean
    Failures failures() {
        return new Failures();
    }

    @Bean
    VmMigrations vmMigrations(TaskStore tasks, SourceLedger ledger, Endpoints endpoints) {
        return new VmMigrations(tasks, ledger, endpoints);
    }

    @Bean
    StopSignal stopSignal() {
        return new StopSignal();
    }

    @Bean
    SourceRestore sourceRestore(SourceLedger ledger, LiveBoard live) {
        return new SourceRestore(ledger, live);
    }

    @Bean
    QuiesceSource quiesceSource(
            RunSettings settings,
            SourceLedger ledger,
            GateStore gates,
            TaskStore tasks,
            LiveBoard live,
            StopSignal stop) {
        return new QuiesceSource(settings.policy(), ledger, gates, tasks, live, stop, POLL);
    }

    /** One pool for the disks of all VMs: how many disks are copied at the same time does not depend on the VMs' number. */
    @Bean
    ThreadPoolTaskExecutor diskExecutor(RunSettings settings) {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setCorePoolSize(settings.parallelDisks());
        executor.setMaxPoolSize(settings.parallelDisks());
        executor.setThreadNamePrefix("disk-");
        return executor;
    }

    @Bean
    TaskLedger taskLedger(TaskStore tasks, StepStore steps, Failures failures) {
        return new TaskLedger(tasks, steps, failures);
    }

    @Bean
    StepFactory stepFactory(
            JobRepository repository,
            VmMigrations migrations,
            Failures failures,
            GateStore gates,
            TaskLedger ledger,
            RunSettings settings) {
        return new StepFactory(repository, migrations, failures, gates, ledger, settings.slice());
    }

    @Bean
    MigrateVmJob migrateVmJob(
            JobRepository repository,
            StepFactory factory,
            VmMigrations migrations,
            QuiesceSource quiesce,
            SourceRestore restore,
            SourceLedger ledger,
            TaskStore tasks,
            DiskStore disks,
            LiveBoard live,
            RunSettings settings,
            ThreadPoolTaskExecutor diskExecutor) {
        MigrateVmJob.Steps steps = new MigrateVmJob.Steps(
                new Recheck(),
                new PrepareTarget(disks),
                quiesce,
                new TransferDisk(disks, live, settings.stateFolder(), settings.copyThreads(), settings.source()),
                new ProveDisk(disks, live, settings.copyThreads()),
                new Cutover(settings.policy().disconnectNics(), ledger, live),
                new CreateVm(tasks),
                new FinishSource(restore),
                new RestoreOnFailure(settings.policy().restoreOnFailure(), migrations, restore, live),
                factory);
        return new MigrateVmJob(repository, steps, diskExecutor);
    }

    @Bean
    JobLaunch jobLaunch(
            JobOperator operator, JobRepository repository, StepFactory steps, TaskLedger ledger, StopSignal stop) {
        return new JobLaunch(operator, repository, steps, ledger, stop);
    }

    @Bean
    MigrationRun migrationRun(
            RunStore runs,
            TaskStore tasks,
            SourceLedger ledger,
            Endpoints endpoints,
            JobLaunch launch,
            MigrateVmJob job,
            LiveBoard live) {
        return new MigrationRun(runs, new TaskChooser(tasks, ledger, endpoints), launch, job, live);
    }

    @Bean
    StopOnTerm stopOnTerm(JobLaunch launch, LiveBoard live) {
        return new StopOnTerm(launch, live);
    }
}
