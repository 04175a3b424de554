package io.vmferry.cli;

import io.vmferry.batch.BatchError;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.spi.error.VmferryException;
import picocli.CommandLine.Option;

/** How many threads work on one disk. */
final class ThreadOptions {
    @Option(names = "--threads", paramLabel = "N", description = "Threads. Default: one more than cores, 16 at most.")
    private int threads = CopyOptions.defaultThreads();

    /** At least one. */
    int count() {
        if (threads < 1) {
            throw new VmferryException(
                    BatchError.BAD_USAGE,
                    "--threads " + threads,
                    "at least one thread is needed",
                    "Leave the flag out or give a positive number.");
        }
        return threads;
    }
}
