package io.vmferry.simulator.vsphere.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What was downloaded, for tests to ask. Files are named as {@code [datastore1] web/web-flat.vmdk}. Safe for many threads. */
public final class Served {
    private final Map<String, File> files = new ConcurrentHashMap<>();

    /** A range of bytes that was asked for; both ends inclusive. */
    public record Range(long first, long last) {}

    private static final class File {
        private final AtomicLong bytes = new AtomicLong();
        private final List<Range> ranges = Collections.synchronizedList(new ArrayList<>());
    }

    private File file(String name) {
        return files.computeIfAbsent(name, each -> new File());
    }

    void asked(String name, long first, long last) {
        file(name).ranges.add(new Range(first, last));
    }

    void sent(String name, long bytes) {
        file(name).bytes.addAndGet(bytes);
    }

    /** Names of all files that were asked for with GET. */
    public List<String> names() {
        return files.keySet().stream().sorted().toList();
    }

    /** Bytes of a file that left the server, those of broken downloads included. */
    public long bytes(String name) {
        return file(name).bytes.get();
    }

    /** Bytes of all files. */
    public long bytes() {
        return files.values().stream().mapToLong(file -> file.bytes.get()).sum();
    }

    /** Ranges of a file in the order in which they were asked for; a download without a range counts as the whole file. */
    public List<Range> ranges(String name) {
        List<Range> ranges = file(name).ranges;
        synchronized (ranges) {
            return List.copyOf(ranges);
        }
    }

    public void reset() {
        files.clear();
    }
}
