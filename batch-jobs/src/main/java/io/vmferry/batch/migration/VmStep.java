package io.vmferry.batch.migration;

/**
 * One step of the {@code migrate-vm} job. Can be run again at any time: it looks at what is there and adopts it. Knows nothing
 * of Spring Batch.
 */
public interface VmStep {
    /** Name in the store, in reports and in Batch's tables. */
    String name();

    void run(VmMigration migration);
}
