package io.vmferry.batch.live;

import io.vmferry.batch.store.TaskId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The latest progress of every disk under way, and messages in the order they came. Written by the jobs, read by whoever
 * shows it; neither waits for the other.
 */
public final class LiveBoard {
    private final Map<String, DiskProgress> disks = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> messages = new ConcurrentLinkedQueue<>();

    public void progress(TaskId task, String diskKey, DiskProgress progress) {
        disks.put(task.vm() + "/" + diskKey, progress);
    }

    public void say(String message) {
        messages.add(message);
    }

    /** The next message nobody has taken yet. */
    public @Nullable String nextMessage() {
        return messages.poll();
    }

    public List<DiskProgress> disks() {
        return disks.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }
}
