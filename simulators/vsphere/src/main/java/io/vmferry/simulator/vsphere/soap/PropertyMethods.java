package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.Node;
import io.vmferry.simulator.vsphere.wire.SoapFault;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Methods of the property collector. Pages hold references only; values are read when they are sent. */
final class PropertyMethods {
    private PropertyMethods() {}

    static void addTo(Map<String, SoapService.Method> methods) {
        methods.put("RetrieveProperties", PropertyMethods::retrieveAll);
        methods.put("RetrievePropertiesEx", PropertyMethods::retrieve);
        methods.put("ContinueRetrievePropertiesEx", PropertyMethods::proceed);
        methods.put("CancelRetrievePropertiesEx", call -> {
            if (collector(call).pages.remove(call.text("token")) == null) {
                throw SoapFault.invalidArgument("token");
            }
        });
        methods.put("CreatePropertyCollector", call -> {
            MoRef ref = call.session().newRef("PropertyCollector");
            call.session().collector(ref);
            call.returns(ref);
        });
        methods.put(
                "DestroyPropertyCollector", call -> call.session().collectors.remove(call.self.id()));
        methods.put("CreateFilter", PropertyMethods::createFilter);
        methods.put(
                "DestroyPropertyFilter",
                call -> call.session()
                        .collectors
                        .values()
                        .forEach(collector -> collector.filters.remove(call.self.id())));
        methods.put("WaitForUpdatesEx", Updates::await);
        methods.put("WaitForUpdates", Updates::await);
        methods.put("CheckForUpdates", Updates::check);
        methods.put("CancelWaitForUpdates", call -> {
            collector(call).cancelled = true;
            call.world().changed();
        });
    }

    static Collector collector(Call call) {
        return call.session().collector(call.self);
    }

    private static void createFilter(Call call) {
        Node spec = call.args.child("spec");
        if (spec == null) {
            throw SoapFault.invalidArgument("spec");
        }
        MoRef ref = call.session().newRef("PropertyFilter");
        FilterSpec filter = FilterSpec.read(spec, call.out.version());
        collector(call).filters.put(ref.id(), new Collector.Filter(ref, filter));
        call.returns(ref);
    }

    private static void retrieveAll(Call call) {
        Managed managed = new Managed(call.scope(), call.sessionOrNull());
        for (Node set : call.args.children("specSet")) {
            FilterSpec spec = FilterSpec.read(set, call.out.version());
            for (MoRef ref : Selection.of(spec, managed)) {
                PropertyReader.write("returnval", ref, spec, managed, call.out);
            }
        }
        vanish(call);
    }

    private static void retrieve(Call call) {
        Managed managed = new Managed(call.scope(), call.sessionOrNull());
        List<Node> sets = call.args.children("specSet");
        Node options = call.args.child("options");
        String most = options == null ? null : options.text("maxObjects");
        int size = most == null ? Integer.MAX_VALUE : Integer.parseInt(most);
        if (size < 1) {
            throw SoapFault.invalidArgument("options.maxObjects");
        }
        if (sets.size() == 1) {
            FilterSpec spec = FilterSpec.read(sets.get(0), call.out.version());
            page(call, managed, new Collector.Page(spec, Collector.queue(Selection.of(spec, managed)), size));
        } else {
            call.out.open("returnval");
            for (Node set : sets) {
                FilterSpec spec = FilterSpec.read(set, call.out.version());
                Selection.of(spec, managed)
                        .forEach(ref -> PropertyReader.write("objects", ref, spec, managed, call.out));
            }
            call.out.close("returnval");
        }
        vanish(call);
    }

    private static void proceed(Call call) {
        Collector.Page page = collector(call).pages.remove(call.text("token"));
        if (page == null) {
            throw SoapFault.invalidArgument("token");
        }
        page(call, new Managed(call.scope(), call.session()), page);
    }

    /** The token comes before the objects, so they are looked at first: what vanished meanwhile is no object of the page. */
    private static void page(Call call, Managed managed, Collector.Page page) {
        Deque<MoRef> left = page.left();
        left.removeIf(ref -> managed.find(ref) == null);
        if (left.isEmpty()) {
            return;
        }
        call.out.open("returnval");
        boolean more = left.size() > page.size();
        if (more) {
            call.out.text("token", collector(call).keep(page));
        }
        for (int i = 0; i < page.size() && !left.isEmpty(); i++) {
            PropertyReader.write("objects", left.remove(), page.spec(), managed, call.out);
        }
        call.out.close("returnval");
    }

    /** Whoever lists machines finds that some are gone before the list has ended. */
    private static void vanish(Call call) {
        boolean lists = call.args.children("specSet").stream()
                .flatMap(set -> set.children("objectSet").stream())
                .anyMatch(object -> object.child("selectSet") != null);
        if (lists && call.sessionOrNull() != null) {
            call.world().vms().stream().filter(vm -> vm.spec().vanishes).forEach(call.world()::delete);
        }
    }
}
