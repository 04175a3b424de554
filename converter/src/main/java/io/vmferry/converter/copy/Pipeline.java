package io.vmferry.converter.copy;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.image.Placement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Workers that pass chunks through four stages. Claiming and placing are done by one worker at a time and in order, working
 * and writing side by side. Who places a chunk also writes it:
 *
 * <pre>
 *   claim → work → place → write → (the chunk is free again)
 * </pre>
 *
 * <p>A worker that finds its chunk too early to be placed leaves it and takes the next thing to do, so nobody waits for a
 * slow neighbour as long as there are free chunks. Between slices nothing is claimed, placed or written; work on chunks
 * already claimed may go on and waits to be placed.
 */
final class Pipeline implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private enum Task {
        CLAIM,
        PLACE
    }

    private final ChunkSource source;
    private final ImageWriter writer;
    private final CopyOptions options;
    private final @Nullable RootDigest digest;
    private final int chunkSize;
    private final List<Thread> workers = new ArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    /** Something to do for one more worker, or an end for all. */
    private final Condition task = lock.newCondition();
    /** A slice is over. */
    private final Condition over = lock.newCondition();

    // All of the following is guarded by the lock.
    private final Queue<Chunk> free = new ArrayDeque<>();
    /** Chunks worked on, waiting for their turn, at sequence modulo length. */
    private final @Nullable Chunk[] worked;

    private int made;
    private long nextToClaim;
    private long nextToPlace;
    private int writing;
    private boolean claiming;
    private boolean placing;
    private boolean exhausted;
    private boolean running;
    private boolean stopping;
    private boolean closed;
    private long position;
    private CopyCounts counts;
    private @Nullable Throwable failure;

    Pipeline(
            ChunkSource source,
            ImageWriter writer,
            CopyOptions options,
            @Nullable RootDigest digest,
            int chunkSize,
            long position,
            CopyCounts counts) {
        this.source = source;
        this.writer = writer;
        this.options = options;
        this.digest = digest;
        this.chunkSize = chunkSize;
        this.position = position;
        this.counts = counts;
        // Half as many again as workers evens out fast and slow chunks.
        this.worked = new Chunk[options.threads() + options.threads() / 2 + 1];
    }

    CopyState run(Duration budget) {
        long deadline = System.nanoTime() + budget.toNanos();
        boolean interrupted = false;
        lock.lock();
        try {
            startWorkers();
            running = true;
            task.signalAll();
            while (failure == null && !complete() && !stopping) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                try {
                    over.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                    stopping = true;
                }
            }
            running = false;
            while (failure == null && (placing || writing > 0)) {
                over.awaitUninterruptibly();
            }
            throwFailure();
            if (complete()) {
                return CopyState.COMPLETE;
            }
            return stopping ? CopyState.STOPPED : CopyState.MORE;
        } finally {
            running = false;
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void requestStop() {
        lock.lock();
        try {
            stopping = true;
            over.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    CopyCounts counts() {
        lock.lock();
        try {
            return counts;
        } finally {
            lock.unlock();
        }
    }

    boolean isComplete() {
        lock.lock();
        try {
            return complete();
        } finally {
            lock.unlock();
        }
    }

    /** Throws what ended the copy, if something did. */
    void requireQuiet() {
        lock.lock();
        try {
            throwFailure();
            if (running || closed) {
                throw new IllegalStateException(closed ? "closed" : "a slice is under way");
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            task.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        for (Thread worker : workers) {
            try {
                worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean complete() {
        return exhausted && nextToPlace == nextToClaim && !placing && writing == 0;
    }

    private void startWorkers() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        for (int i = workers.size(); i < options.threads(); i++) {
            Thread worker = new Thread(this::work, "disk-copy-" + i);
            worker.setDaemon(true);
            workers.add(worker);
            worker.start();
        }
    }

    private void work() {
        try (Workbench bench = new Workbench(
                options.codecs(), writer.encoding(), options.verify(), writer.wantsCrc32(), options.source())) {
            while (true) {
                Chunk chunk;
                Task taken;
                lock.lock();
                try {
                    Task next = nextTask();
                    while (next == null) {
                        if (closed || failure != null) {
                            return;
                        }
                        task.awaitUninterruptibly();
                        next = nextTask();
                    }
                    taken = next;
                    chunk = take(taken);
                    wakeOneForMore();
                } finally {
                    lock.unlock();
                }
                switch (taken) {
                    case CLAIM -> claim(chunk, bench);
                    case PLACE -> place(chunk);
                }
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** What is most urgent: to place (and write) what is next, or else to claim more. */
    private @Nullable Task nextTask() {
        if (closed || failure != null || !running) {
            return null;
        }
        if (!placing && worked[slot(nextToPlace)] != null) {
            return Task.PLACE;
        }
        boolean room = !free.isEmpty() || made < worked.length;
        return !claiming && !exhausted && !stopping && room ? Task.CLAIM : null;
    }

    /** A worker that goes away to work for long leaves the next task to another one; all others go on sleeping. */
    private void wakeOneForMore() {
        if (nextTask() != null) {
            task.signal();
        }
    }

    private void tellWhenOver() {
        if (complete() || (!running && !placing && writing == 0)) {
            over.signalAll();
        }
    }

    private Chunk take(Task taken) {
        Chunk chunk;
        if (taken == Task.PLACE) {
            chunk = worked[slot(nextToPlace)];
            worked[slot(nextToPlace)] = null;
            placing = true;
        } else {
            chunk = free.poll();
            claiming = true;
        }
        if (chunk == null) {
            made++;
            return new Chunk(chunkSize);
        }
        return chunk;
    }

    private void claim(Chunk chunk, Workbench bench) {
        boolean more = source.claim(chunk);
        lock.lock();
        try {
            claiming = false;
            if (more) {
                chunk.sequence = nextToClaim++;
            } else {
                exhausted = true;
                free.add(chunk);
            }
            wakeOneForMore();
            tellWhenOver();
        } finally {
            lock.unlock();
        }
        if (!more) {
            return;
        }
        source.load(chunk);
        bench.work(chunk);
        BlockList.make(chunk, writer.encoding());
        lock.lock();
        try {
            // Who put it there looks for something to do next, and so finds it.
            worked[slot(chunk.sequence)] = chunk;
        } finally {
            lock.unlock();
        }
    }

    private void place(Chunk chunk) {
        if (digest != null) {
            digest.append(chunk);
        }
        Placement placement = writer.place(chunk.blocks);
        CopyCounts sum;
        lock.lock();
        try {
            nextToPlace++;
            position = chunk.end;
            counts = counts.plus(chunk.counts);
            sum = counts;
        } finally {
            lock.unlock();
        }
        options.progress().at(chunk.end, sum);
        lock.lock();
        try {
            placing = false;
            writing++;
            wakeOneForMore();
        } finally {
            lock.unlock();
        }
        placement.write();
        lock.lock();
        try {
            writing--;
            chunk.blocks = List.of();
            free.add(chunk);
            tellWhenOver();
        } finally {
            lock.unlock();
        }
    }

    private void fail(Throwable e) {
        lock.lock();
        try {
            if (failure == null && !closed) {
                failure = e;
            }
            task.signalAll();
            over.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void throwFailure() {
        Throwable e = failure;
        if (e instanceof VmferryException known) {
            throw known;
        }
        if (e instanceof Error error) {
            throw error;
        }
        if (e != null) {
            throw new VmferryException(
                    CommonError.INTERNAL,
                    options.source(),
                    "the copy met a defect of vmferry (" + e + ")",
                    "Report it with the output of the same command with -v.",
                    e);
        }
    }

    private int slot(long sequence) {
        return (int) (sequence % worked.length);
    }
}
