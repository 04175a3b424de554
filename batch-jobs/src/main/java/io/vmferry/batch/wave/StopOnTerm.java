package io.vmferry.batch.wave;

import io.vmferry.batch.live.LiveBoard;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.SmartLifecycle;

/**
 * On SIGTERM or Ctrl-C: stops all jobs and waits until they have put down their positions and the run its report, before the
 * data source closes.
 * A JVM shutdown hook of our own would race with that closing; the highest phase is stopped first and does not.
 */
public final class StopOnTerm implements SmartLifecycle {
    private static final long DEADLINE_MILLIS = 20_000;

    private final JobLaunch launch;
    private final LiveBoard live;
    private final AtomicInteger held = new AtomicInteger();
    private volatile boolean running;

    public StopOnTerm(JobLaunch launch, LiveBoard live) {
        this.launch = launch;
        this.live = live;
    }

    /** Keeps the store open until the result is closed: for a run from its begin to its report. */
    public Hold hold() {
        held.incrementAndGet();
        return held::decrementAndGet;
    }

    /** See {@link #hold}. */
    @FunctionalInterface
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        if (held.get() == 0) {
            return;
        }
        live.say("Stopping: positions are being saved. The same command goes on from here.");
        launch.stopAll();
        long deadline = System.nanoTime() + DEADLINE_MILLIS * 1_000_000;
        while (held.get() > 0 && System.nanoTime() < deadline) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
