package io.vmferry.simulator.vsphere.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A body on its way to the client, with whatever happens to it there. */
final class FaultyOutput extends OutputStream {
    private static final int SLICE = 16 << 10;

    private final OutputStream out;
    private final Fault.Action action;
    private final CountDownLatch stall;
    private long left;

    FaultyOutput(OutputStream out, Fault.Action action, CountDownLatch stall) {
        this.out = out;
        this.action = action;
        this.stall = stall;
        this.left = switch (action.kind()) {
            case DROP, STALL, TRUNCATE -> action.after();
            default -> Long.MAX_VALUE;
        };
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int n = (int) Math.min(length, left);
        if (action.rate() > 0) {
            slowly(bytes, offset, n);
        } else {
            out.write(bytes, offset, n);
        }
        left -= n;
        if (n == length || action.kind() == Fault.Kind.TRUNCATE) {
            return;
        }
        out.flush();
        if (action.kind() == Fault.Kind.STALL) {
            await();
        }
        throw new IOException("broken off by a fault");
    }

    private void slowly(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int n = Math.min(SLICE, length - done);
            out.write(bytes, offset + done, n);
            out.flush();
            done += n;
            pause(stall, n * 1_000_000_000L / action.rate());
        }
    }

    private void await() throws IOException {
        pause(stall, Long.MAX_VALUE);
    }

    /** Waits, but not longer than the fault lasts. */
    static void pause(CountDownLatch stall, long nanos) throws IOException {
        try {
            stall.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
