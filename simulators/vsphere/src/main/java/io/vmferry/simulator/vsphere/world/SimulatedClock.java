package io.vmferry.simulator.vsphere.world;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time of the simulated world: real time, which a test can push forward. Sessions, leases, tickets, tasks and guests go by
 * it, so that none of their deadlines needs to be waited for. Safe for many threads.
 */
public final class SimulatedClock {
    private final AtomicLong ahead = new AtomicLong();

    public Instant now() {
        return Instant.now().plusMillis(ahead.get());
    }

    public void advance(Duration by) {
        ahead.addAndGet(by.toMillis());
    }
}
