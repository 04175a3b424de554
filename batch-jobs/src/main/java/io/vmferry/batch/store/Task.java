package io.vmferry.batch.store;

import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.report.RunState;
import io.vmferry.spi.report.VmReport;
import io.vmferry.spi.target.ObjectRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task as stored. */
public record Task(
        TaskId id,
        String planHash,
        VmPlan plan,
        RunState state,
        @Nullable Instant started,
        @Nullable Instant finished,
        List<ObjectRef> objects,
        VmReport.@Nullable Failure failure) {}
