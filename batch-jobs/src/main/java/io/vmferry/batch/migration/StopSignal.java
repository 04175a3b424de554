package io.vmferry.batch.migration;

/** Says to everything that waits or works in this process that it is to stop. Never taken back. */
public final class StopSignal {
    private volatile boolean requested;

    public void request() {
        requested = true;
    }

    public boolean requested() {
        return requested;
    }
}
