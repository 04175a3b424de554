package io.vmferry.spi.report;

import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.target.ObjectRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one VM.
 *
 * @param steps in order; those not reached are absent
 * @param failure null unless the state is FAILED
 */
public record VmReport(
        String key,
        String source,
        String name,
        RunState state,
        TargetVm target,
        @Nullable Instant started,
        @Nullable Instant finished,
        List<StepReport> steps,
        List<DiskReport> disks,
        List<NicPlan> nics,
        List<ObjectRef> objects,
        List<Finding> findings,
        @Nullable Failure failure) {
    public VmReport {
        steps = List.copyOf(steps);
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
        objects = List.copyOf(objects);
        findings = List.copyOf(findings);
    }

    /** One step of the migrate-vm job. */
    public record StepReport(
            String name,
            RunState state,
            @Nullable Instant started,
            @Nullable Instant finished) {}

    /** A coded error. */
    public record Failure(String code, String subject, String reason, String remedy) {}
}
