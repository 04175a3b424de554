package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.MoRef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A property collector: its filters, the pages that were begun, and what was reported last. Guarded by the world's lock. */
final class Collector {
    /** Filters by identifier. */
    final Map<String, Filter> filters = new LinkedHashMap<>();
    /** Pages by token. */
    final Map<String, Page> pages = new HashMap<>();

    long version;
    /** The answer that led to the current version, for a client that lost it. */
    String lastUpdate = "";

    boolean cancelled;
    private int nextToken;

    /** Objects that are still to be sent. */
    record Page(FilterSpec spec, Deque<MoRef> left, int size) {}

    /** What one filter has reported of an object. */
    record Seen(long revision, Map<String, String> values) {}

    /** A filter with the state that the client knows. */
    static final class Filter {
        final MoRef ref;
        final FilterSpec spec;
        final Map<MoRef, Seen> seen = new LinkedHashMap<>();

        Filter(MoRef ref, FilterSpec spec) {
            this.ref = ref;
            this.spec = spec;
        }
    }

    String keep(Page page) {
        String token = Integer.toString(nextToken++);
        pages.put(token, page);
        return token;
    }

    static Deque<MoRef> queue(Iterable<MoRef> refs) {
        Deque<MoRef> queue = new ArrayDeque<>();
        refs.forEach(queue::add);
        return queue;
    }
}
