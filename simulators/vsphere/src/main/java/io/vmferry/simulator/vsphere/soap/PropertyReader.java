package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.Schema;
import io.vmferry.simulator.vsphere.wire.SoapFault;
import io.vmferry.simulator.vsphere.wire.SoapWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes properties of one object, and faults in place of those that may not be read. */
final class PropertyReader {
    private PropertyReader() {}

    /** An ObjectContent. */
    static void write(String element, MoRef ref, FilterSpec spec, Managed managed, SoapWriter out) {
        Managed.Source source = managed.find(ref);
        out.open(element).ref("obj", ref);
        SoapFault refusal = refusal(ref, source, managed);
        for (String path : paths(ref, spec)) {
            if (refusal != null && !isPublic(ref, path)) {
                continue;
            }
            Object value = source == null ? null : source.path(path);
            if (value != null) {
                out.open("propSet").text("name", path);
                out.property("val", value, Schema.vim().at(ref.type(), path)).close("propSet");
            }
        }
        if (refusal != null) {
            for (String path : paths(ref, spec)) {
                if (!isPublic(ref, path)) {
                    missing(path, refusal, out);
                }
            }
        }
        out.close(element);
    }

    static void missing(String path, SoapFault refusal, SoapWriter out) {
        out.open("missingSet").text("path", path);
        out.value("fault", refusal.localized(), "LocalizedMethodFault").close("missingSet");
    }

    /** Each property with its mark-up, for comparing. */
    static Map<String, String> values(MoRef ref, FilterSpec spec, Managed.Source source, SoapWriter like) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String path : paths(ref, spec)) {
            Object value = source.path(path);
            if (value != null) {
                SoapWriter out = new SoapWriter(like.version());
                out.property("val", value, Schema.vim().at(ref.type(), path));
                values.put(path, out.toString());
            }
        }
        return values;
    }

    static @Nullable SoapFault refusal(MoRef ref, Managed.@Nullable Source source, Managed managed) {
        if (managed.session() == null) {
            return SoapFault.notAuthenticated(ref);
        }
        return source != null && source.hidden() ? SoapFault.noPermission(ref, "System.Read") : null;
    }

    /** What a client needs before it can log in. */
    private static boolean isPublic(MoRef ref, String path) {
        return ref.type().equals("ServiceInstance") && path.startsWith("content");
    }

    private static Set<String> paths(MoRef ref, FilterSpec spec) {
        Set<String> paths = new LinkedHashSet<>();
        for (FilterSpec.Properties properties : spec.properties()) {
            if (Managed.isA(ref.type(), properties.type())) {
                if (properties.all()) {
                    paths.addAll(Schema.vim().type(ref.type()).fields().keySet());
                }
                paths.addAll(properties.paths());
            }
        }
        return paths;
    }
}
