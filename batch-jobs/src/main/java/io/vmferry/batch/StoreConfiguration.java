package io.vmferry.batch;

import io.vmferry.batch.store.DiskStore;
import io.vmferry.batch.store.GateStore;
import io.vmferry.batch.store.RunReports;
import io.vmferry.batch.store.RunStore;
import io.vmferry.batch.store.SourceLedger;
import io.vmferry.batch.store.StepStore;
import io.vmferry.batch.store.TaskStore;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The store: Boot brings data source, Flyway for our tables and Batch's own tables. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    RunStore runStore(JdbcClient jdbc, Clock clock) {
        return new RunStore(jdbc, clock);
    }

    @Bean
    TaskStore taskStore(JdbcClient jdbc, Clock clock) {
        return new TaskStore(jdbc, clock);
    }

    @Bean
    DiskStore diskStore(JdbcClient jdbc) {
        return new DiskStore(jdbc);
    }

    @Bean
    StepStore stepStore(JdbcClient jdbc, Clock clock) {
        return new StepStore(jdbc, clock);
    }

    @Bean
    GateStore gateStore(JdbcClient jdbc, Clock clock) {
        return new GateStore(jdbc, clock);
    }

    @Bean
    SourceLedger sourceLedger(JdbcClient jdbc, Clock clock) {
        return new SourceLedger(jdbc, clock);
    }

    @Bean
    RunReports runReports(RunStore runs, TaskStore tasks, DiskStore disks, StepStore steps) {
        return new RunReports(runs, tasks, disks, steps, Version.current());
    }
}
