package io.vmferry.cli;

import io.vmferry.cli.disk.Conversion;
import java.io.PrintWriter;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress of a single conversion: a bar where a person watches; elsewhere lines, and only if it takes long. */
final class ConsoleProgress implements Conversion.Watcher, AutoCloseable {
    private static final long FIRST_LINE_NANOS = 3_000_000_000L;

    private final PrintWriter err;
    private final boolean bars;
    private @Nullable ProgressBar bar;

    ConsoleProgress(PrintWriter err, boolean bars) {
        this.err = err;
        this.bars = bars;
    }

    @Override
    public LongConsumer begin(String name, long total) {
        if (bars) {
            ProgressBar shown = new ProgressBarBuilder()
                    .setTaskName(Table.printable(name))
                    .setInitialMax(total)
                    .setUnit(" MiB", 1 << 20)
                    .setStyle(ProgressBarStyle.ASCII)
                    .showSpeed()
                    .build();
            bar = shown;
            return shown::stepTo;
        }
        long begun = System.nanoTime();
        int[] tenth = {0};
        return position -> {
            int now = total == 0 ? 10 : (int) (position * 10 / total);
            if (now > tenth[0] && System.nanoTime() - begun > FIRST_LINE_NANOS) {
                tenth[0] = now;
                err.println(Table.printable(name) + ": " + now * 10 + " % of " + Units.bytes(total));
                err.flush();
            }
        };
    }

    @Override
    public void leftBehind(String what) {
        err.println("vmferry: " + Table.printable(what));
        err.flush();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
