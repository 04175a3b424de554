package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.Node;
import io.vmferry.simulator.vsphere.wire.SoapFault;
import io.vmferry.simulator.vsphere.wire.SoapWriter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells a client what changed since it last asked, and waits for a change when there is none. */
final class Updates {
    /** How often time is looked at while waiting; changes by calls wake at once. */
    private static final long SLICE_MILLIS = 25;

    private static final long LONGEST_WAIT_SECONDS = 1800;

    private final Call call;
    private final Collector collector;
    private final Managed managed;
    private final SoapWriter body;
    private final int most;
    private int objects;
    private boolean truncated;

    private Updates(Call call, Collector collector, int most) {
        this.call = call;
        this.collector = collector;
        this.managed = new Managed(call.scope(), call.session());
        this.body = new SoapWriter(call.out.version());
        this.most = most;
    }

    static void check(Call call) {
        answer(call, 0);
    }

    static void await(Call call) {
        Node options = call.args.child("options");
        String seconds = options == null ? null : options.text("maxWaitSeconds");
        answer(call, seconds == null ? LONGEST_WAIT_SECONDS : Long.parseLong(seconds));
    }

    private static void answer(Call call, long seconds) {
        Collector collector = PropertyMethods.collector(call);
        Node options = call.args.child("options");
        String limit = options == null ? null : options.text("maxObjectUpdates");
        String version = call.args.text("version");
        if (version == null || version.isEmpty()) {
            collector.filters.values().forEach(filter -> filter.seen.clear());
        } else if (!version.equals(Long.toString(collector.version))) {
            if (version.equals(Long.toString(collector.version - 1))) {
                call.out.raw(collector.lastUpdate);
                return;
            }
            throw new SoapFault("InvalidCollectorVersion", "");
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.min(seconds, LONGEST_WAIT_SECONDS));
        collector.cancelled = false;
        while (true) {
            call.world().tick();
            Updates updates = new Updates(call, collector, limit == null ? Integer.MAX_VALUE : Integer.parseInt(limit));
            collector.filters.values().forEach(updates::filter);
            if (updates.objects > 0) {
                updates.send();
                return;
            }
            if (collector.cancelled) {
                throw new SoapFault("RequestCanceled", "The task was canceled by a user.");
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return;
            }
            pause(call, Math.min(left, SLICE_MILLIS));
        }
    }

    /** Lets other calls in. */
    private static void pause(Call call, long millis) {
        try {
            call.world().wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SoapFault("RequestCanceled", "The server stops.");
        }
        if (call.service.sessions().find(call.session().cookie) == null) {
            throw SoapFault.notAuthenticated(call.self);
        }
    }

    private void send() {
        collector.version++;
        SoapWriter out = new SoapWriter(call.out.version());
        out.open("returnval").text("version", Long.toString(collector.version));
        out.raw(body.toString());
        if (truncated) {
            out.text("truncated", "true");
        }
        collector.lastUpdate = out.close("returnval").toString();
        call.out.raw(collector.lastUpdate);
    }

    private void filter(Collector.Filter filter) {
        SoapWriter set = new SoapWriter(body.version());
        int before = objects;
        Set<MoRef> present = Selection.of(filter.spec, managed);
        for (MoRef ref : present) {
            if (objects >= most) {
                truncated = true;
                break;
            }
            object(ref, filter, set);
        }
        Set<MoRef> gone = new HashSet<>(filter.seen.keySet());
        gone.removeAll(present);
        for (MoRef ref : gone) {
            filter.seen.remove(ref);
            set.open("objectSet").text("kind", "leave").ref("obj", ref).close("objectSet");
            objects++;
        }
        if (objects > before) {
            body.open("filterSet").ref("filter", filter.ref).raw(set.toString()).close("filterSet");
        }
    }

    private void object(MoRef ref, Collector.Filter filter, SoapWriter set) {
        Managed.Source source = managed.find(ref);
        Collector.@Nullable Seen seen = filter.seen.get(ref);
        if (source == null || seen != null && seen.revision() >= 0 && seen.revision() == source.revision()) {
            return;
        }
        SoapFault refusal = PropertyReader.refusal(ref, source, managed);
        Map<String, String> now =
                refusal == null ? PropertyReader.values(ref, filter.spec, source, body) : new LinkedHashMap<>();
        filter.seen.put(ref, new Collector.Seen(source.revision(), now));
        Map<String, String> before = seen == null ? Map.of() : seen.values();
        if (seen != null && now.equals(before)) {
            return;
        }
        objects++;
        set.open("objectSet").text("kind", seen == null ? "enter" : "modify").ref("obj", ref);
        now.forEach((path, value) -> {
            if (!value.equals(before.get(path))) {
                set.open("changeSet")
                        .text("name", path)
                        .text("op", "assign")
                        .raw(value)
                        .close("changeSet");
            }
        });
        for (String path : before.keySet()) {
            if (!now.containsKey(path)) {
                set.open("changeSet").text("name", path).text("op", "assign").close("changeSet");
            }
        }
        if (refusal != null) {
            filter.spec.properties().stream()
                    .filter(properties -> Managed.isA(ref.type(), properties.type()))
                    .flatMap(properties -> properties.paths().stream())
                    .forEach(path -> PropertyReader.missing(path, refusal, set));
        }
        set.close("objectSet");
    }
}
