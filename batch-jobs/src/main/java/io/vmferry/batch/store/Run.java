package io.vmferry.batch.store;

import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.report.RunState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run as stored. */
public record Run(
        String id,
        String migration,
        String planHash,
        Plan plan,
        RunState state,
        Instant started,
        @Nullable Instant finished) {}
