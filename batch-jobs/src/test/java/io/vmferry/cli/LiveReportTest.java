package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Closing waits for what is being read, and never interrupts it: that would close the store's file for everybody. */
@Timeout(60)
class LiveReportTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void closesWithoutAnInterrupt() throws InterruptedException {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        AtomicReference<@Nullable Boolean> interrupted = new AtomicReference<>();
        LiveReport live = new LiveReport(folder.resolve("store"), () -> {
            reading.countDown();
            try {
                mayGoOn.await();
                interrupted.compareAndSet(null, false);
            } catch (InterruptedException e) {
                interrupted.compareAndSet(null, true);
            }
            throw new IllegalStateException("there is nothing to report");
        });
        reading.await();
        Thread closing = new Thread(live::close);
        closing.start();
        // Long enough for an interrupt to arrive if one were sent; too short it would only miss one, never report a
        // false one.
        closing.join(300);
        assertThat(closing.isAlive()).as("waits for what is being read").isTrue();
        mayGoOn.countDown();
        closing.join(TimeUnit.SECONDS.toMillis(30));

        assertThat(closing.isAlive()).isFalse();
        assertThat(interrupted).hasValue(false);
    }
}
