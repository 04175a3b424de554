package io.vmferry.converter.testing;

import com.sun.management.ThreadMXBean;
import io.vmferry.spi.error.VmferryException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What foreign input may cost at most: 5 s and 64 MiB of memory, in the heap and outside of it. And what may come of it: a
 * result or a coded error, nothing else.
 */
public final class FuzzBounds {
    public static final Duration PATIENCE = Duration.ofSeconds(5);
    public static final long MEMORY = 64 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final BufferPoolMXBean DIRECT = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();

    private FuzzBounds() {}

    /** Reads some input, in one thread. */
    @FunctionalInterface
    public interface Attempt {
        void run() throws VmferryException;
    }

    /** Runs it within the bounds. The first run may load classes as well, so a second one has to confirm its price. */
    public static void hold(Attempt attempt) {
        String first = price(attempt);
        if (first != null) {
            String second = price(attempt);
            if (second != null) {
                throw new AssertionError(first + "; once more: " + second);
            }
        }
    }

    /** Null when it was cheap. */
    private static @Nullable String price(Attempt attempt) {
        long start = System.nanoTime();
        long direct = DIRECT.getMemoryUsed();
        long heap = THREADS.getCurrentThreadAllocatedBytes();
        try {
            attempt.run();
        } catch (VmferryException e) {
            if (e.subject().isBlank() || e.reason().isBlank() || e.remedy().isBlank()) {
                throw new AssertionError("an error without a subject, a reason or a remedy", e);
            }
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - heap + Math.max(0, DIRECT.getMemoryUsed() - direct);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        boolean cheap = allocated <= MEMORY && took.compareTo(PATIENCE) <= 0;
        return cheap ? null : "it took " + took.toMillis() + " ms and " + allocated + " bytes";
    }
}
