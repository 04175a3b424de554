package io.vmferry.batch.store;

/**
 * One VM of one migration in one generation; the identity of a {@code migrate-vm} job instance.
 *
 * @param vm {@code VmPlan.key()}
 */
public record TaskId(String migration, String vm, int generation) {}
