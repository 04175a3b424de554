package io.vmferry.simulator.vsphere.http;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with requests to one part. It first says which requests: all, those to one server, those whose path contains a text, the
 * first few, a random share. Then what: exactly one of the methods that end in a fault. Safe for many threads.
 */
public final class Fault {
    private final Part part;
    private @Nullable Endpoint endpoint;
    private @Nullable String path;
    private int skip;
    private int left = Integer.MAX_VALUE;
    private @Nullable RandomGenerator random;
    private double share = 1;
    private volatile Action action = Action.NONE;
    private int hits;

    /**
     * @param status an answer without the handler; 0 none
     * @param after bytes of the body that still come before cut, end or stall
     * @param rate bytes a second; 0 unlimited
     */
    record Action(Kind kind, int status, long after, Duration delay, long rate) {
        static final Action NONE = new Action(Kind.NONE, 0, 0, Duration.ZERO, 0);
    }

    enum Kind {
        NONE,
        DROP,
        TRUNCATE,
        STALL,
        STATUS,
        HTML,
        SLOW
    }

    Fault(Part part) {
        this.part = part;
    }

    /** Only requests to one server. */
    public synchronized Fault at(Endpoint server) {
        endpoint = server;
        return this;
    }

    /** Only requests whose target contains a text. */
    public synchronized Fault where(String text) {
        path = text;
        return this;
    }

    /** Not the first few that fit. */
    public synchronized Fault skip(int count) {
        skip = count;
        return this;
    }

    /** Only so many. */
    public synchronized Fault times(int count) {
        left = count;
        return this;
    }

    /** Only a random share, 0 to 1, the same with the same seed. */
    public synchronized Fault random(double part, long seed) {
        share = part;
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return this;
    }

    /** Breaks the connection off after so many bytes of the body. */
    public Fault dropAfter(long bytes) {
        return then(new Action(Kind.DROP, 0, bytes, Duration.ZERO, 0));
    }

    /** Ends the body early but in proper form, as a bad proxy does. */
    public Fault truncateAfter(long bytes) {
        return then(new Action(Kind.TRUNCATE, 0, bytes, Duration.ZERO, 0));
    }

    /** Sends nothing more after so many bytes of the body, and keeps the connection until {@link Faults#clear}. */
    public Fault stallAfter(long bytes) {
        return then(new Action(Kind.STALL, 0, bytes, Duration.ZERO, 0));
    }

    /** Answers with a status and no sense, for instance 503. */
    public Fault status(int code) {
        return then(new Action(Kind.STATUS, code, 0, Duration.ZERO, 0));
    }

    /** Answers with a web page and status 200. */
    public Fault html() {
        return then(new Action(Kind.HTML, 200, 0, Duration.ZERO, 0));
    }

    /** Waits before each answer, then sends at most so many bytes a second; 0 unlimited. */
    public Fault slow(Duration delay, long bytesPerSecond) {
        return then(new Action(Kind.SLOW, 0, 0, delay, bytesPerSecond));
    }

    private Fault then(Action next) {
        action = next;
        return this;
    }

    /** How many requests it met. */
    public synchronized int hits() {
        return hits;
    }

    synchronized boolean meets(Endpoint server, Part asked, String target) {
        if (endpoint != null && endpoint != server) {
            return false;
        }
        if (asked != part || action == Action.NONE || left == 0 || path != null && !target.contains(path)) {
            return false;
        }
        if (random != null && random.nextDouble() >= share) {
            return false;
        }
        if (skip > 0) {
            skip--;
            return false;
        }
        left--;
        hits++;
        return true;
    }

    Action action() {
        return action;
    }
}
