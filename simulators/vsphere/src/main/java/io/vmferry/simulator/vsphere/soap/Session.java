package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.world.Entity;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client that logged in, with the views, collectors and filters that live as long as it. Guarded by the world's lock. */
final class Session {
    final String key;
    final String cookie;
    final String user;
    final Instant login;
    Instant lastActive;
    /** Views by identifier. */
    final Map<String, View> views = new HashMap<>();
    /** Property collectors by identifier; every session also has the common one. */
    final Map<String, Collector> collectors = new HashMap<>();

    private int next = 1;

    /** @param types what to show; empty everything */
    record View(Entity container, List<String> types, boolean recursive) {}

    Session(String key, String cookie, String user, Instant now) {
        this.key = key;
        this.cookie = cookie;
        this.user = user;
        this.login = now;
        this.lastActive = now;
    }

    /** An identifier that belongs to this session, in the form of vCenter. */
    MoRef newRef(String type) {
        return new MoRef(type, "session[" + key + "]52" + String.format("%06x", next++));
    }

    Collector collector(MoRef ref) {
        return collectors.computeIfAbsent(ref.id(), id -> new Collector());
    }

    @Nullable
    View view(MoRef ref) {
        return views.get(ref.id());
    }
}
