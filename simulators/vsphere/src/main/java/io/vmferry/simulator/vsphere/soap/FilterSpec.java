package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.ApiVersion;
import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.Node;
import io.vmferry.simulator.vsphere.wire.Schema;
import io.vmferry.simulator.vsphere.wire.SoapFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which objects and which of their properties a client wants (PropertyFilterSpec). Immutable. */
record FilterSpec(List<Properties> properties, List<Start> starts) {
    /** @param all every property that the type has */
    record Properties(String type, boolean all, List<String> paths) {}

    /** Where a selection begins. */
    record Start(MoRef object, boolean skip, List<Step> steps) {}

    /**
     * How it goes on from objects of a type.
     *
     * @param next further steps, empty at an end; filled after reading, because steps may name each other
     */
    record Step(String type, String path, boolean skip, List<Step> next) {}

    static FilterSpec read(Node spec, ApiVersion version) {
        List<Properties> properties = new ArrayList<>();
        for (Node set : spec.children("propSet")) {
            String type = String.valueOf(set.text("type"));
            List<String> paths = set.texts("pathSet");
            if (Schema.vim().find(type) == null) {
                throw SoapFault.invalidArgument("specSet.propSet.type");
            }
            for (String path : paths) {
                if (!Schema.vim().hasPath(type, path, version)) {
                    throw new SoapFault(Data.of("InvalidProperty").set("name", path), "");
                }
            }
            properties.add(new Properties(type, set.flag("all"), paths));
        }
        List<Start> starts = new ArrayList<>();
        for (Node object : spec.children("objectSet")) {
            MoRef ref = object.ref("obj");
            if (ref == null) {
                throw SoapFault.invalidArgument("specSet.objectSet.obj");
            }
            starts.add(new Start(ref, object.flag("skip"), steps(object)));
        }
        return new FilterSpec(List.copyOf(properties), List.copyOf(starts));
    }

    /** Steps with a name can be meant again further on, also within themselves. */
    private static List<Step> steps(Node object) {
        Map<String, Step> named = new HashMap<>();
        collect(object, named);
        return link(object, named, new HashMap<>());
    }

    private static void collect(Node node, Map<String, Step> named) {
        for (Node select : node.children("selectSet")) {
            String name = select.text("name");
            if (select.child("path") != null && name != null) {
                named.put(name, step(select));
            }
            collect(select, named);
        }
    }

    private static Step step(Node select) {
        return new Step(
                String.valueOf(select.text("type")),
                String.valueOf(select.text("path")),
                select.flag("skip"),
                new ArrayList<>());
    }

    private static List<Step> link(Node node, Map<String, Step> named, Map<String, Boolean> linked) {
        List<Step> steps = new ArrayList<>();
        for (Node select : node.children("selectSet")) {
            String name = select.text("name");
            @Nullable Step known = name == null ? null : named.get(name);
            if (select.child("path") == null) {
                if (known == null) {
                    throw SoapFault.invalidArgument("specSet.objectSet.selectSet.name");
                }
                steps.add(known);
                continue;
            }
            Step step = known == null ? step(select) : known;
            if (name == null || linked.put(name, true) == null) {
                step.next().addAll(link(select, named, linked));
            }
            steps.add(step);
        }
        return steps;
    }
}
