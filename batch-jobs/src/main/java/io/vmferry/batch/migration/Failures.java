package io.vmferry.batch.migration;

import io.vmferry.batch.store.TaskId;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.report.VmReport;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The first failure of each task of this process, as a coded error; Batch itself keeps only a stack trace as text. */
public final class Failures {
    private final Map<TaskId, Throwable> first = new ConcurrentHashMap<>();

    void note(TaskId task, Throwable failure) {
        first.putIfAbsent(task, failure);
    }

    void forget(TaskId task) {
        first.remove(task);
    }

    /** The failure itself, with its stack trace, for {@code -v}. */
    public @Nullable Throwable cause(TaskId task) {
        return first.get(task);
    }

    VmReport.Failure of(TaskId task) {
        return asReport(first.get(task));
    }

    private static VmReport.Failure asReport(@Nullable Throwable failure) {
        if (failure instanceof VmferryException coded) {
            return new VmReport.Failure(coded.code().name(), coded.subject(), coded.reason(), coded.remedy());
        }
        return new VmReport.Failure(
                CommonError.INTERNAL.name(),
                "vmferry",
                failure == null ? "the job ended without saying why" : "unexpected " + failure,
                "Run the same command again with -v and report what it prints.");
    }
}
