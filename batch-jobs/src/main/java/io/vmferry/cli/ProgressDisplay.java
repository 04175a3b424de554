package io.vmferry.cli;

import io.vmferry.batch.live.DiskProgress;
import io.vmferry.batch.live.LiveBoard;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows a live board: bars where a person watches, plain lines every tenth of a disk elsewhere. Both on standard error. */
final class ProgressDisplay implements AutoCloseable {
    private static final long REFRESH_MILLIS = 200;
    private static final int TENTHS = 10;

    private final LiveBoard board;
    private final PrintWriter err;
    private final boolean bars;
    private final Map<String, ProgressBar> shown = new HashMap<>();
    private final Map<String, Integer> tenths = new HashMap<>();
    private final Thread thread;
    private volatile boolean ended;

    ProgressDisplay(LiveBoard board, PrintWriter err, boolean bars) {
        this.board = board;
        this.err = err;
        this.bars = bars;
        this.thread = new Thread(this::loop, "progress");
        thread.setDaemon(true);
        thread.start();
    }

    private void loop() {
        while (!ended) {
            refresh();
            try {
                Thread.sleep(REFRESH_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void refresh() {
        for (@Nullable String said = board.nextMessage(); said != null; said = board.nextMessage()) {
            err.println(Table.printable(said));
        }
        for (DiskProgress disk : board.disks()) {
            if (bars) {
                bar(disk).stepTo(disk.done());
            } else {
                line(disk);
            }
        }
        err.flush();
    }

    private ProgressBar bar(DiskProgress disk) {
        return shown.computeIfAbsent(
                name(disk),
                name -> new ProgressBarBuilder()
                        .setTaskName(name)
                        .setInitialMax(disk.total())
                        .setUnit(" MiB", 1 << 20)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis((int) REFRESH_MILLIS)
                        .showSpeed()
                        .build());
    }

    private void line(DiskProgress disk) {
        int tenth = disk.total() == 0 ? TENTHS : (int) (disk.done() * TENTHS / disk.total());
        Integer before = tenths.put(name(disk), tenth);
        if (before == null || before != tenth) {
            err.println(name(disk) + ": " + tenth * TENTHS + " % of " + Units.bytes(disk.total()));
        }
    }

    private static String name(DiskProgress disk) {
        return Table.printable(disk.vm() + " / " + disk.disk() + " " + disk.phase());
    }

    @Override
    public void close() {
        ended = true;
        thread.interrupt();
        refresh();
        shown.values().forEach(ProgressBar::close);
    }
}
