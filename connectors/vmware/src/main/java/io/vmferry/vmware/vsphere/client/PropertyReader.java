package io.vmferry.vmware.vsphere.client;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.vsphere.VsphereError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads properties of managed objects, page by page. A path that this server's version does not know fails the whole call there;
 * here it is left out, for the rest of the connection. Safe for many threads.
 */
public final class PropertyReader {
    /** Pages of 500 were as fast as larger ones, at a fraction of the memory. */
    public static final int PAGE = 500;

    private final VimConnection connection;
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();

    PropertyReader(VimConnection connection) {
        this.connection = connection;
    }

    /**
     * Every object of a type below the root folder, fetched as the stream is consumed; the caller closes it. An ended session or
     * a lost connection in the middle starts the view again and leaves out what was given before.
     */
    public Stream<ManagedObject> all(String type, List<String> paths) {
        ObjectPages pages = new ObjectPages(connection, this, type, paths);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(pages::close);
    }

    /** Certain objects of one type, in one call; those that are gone say so or are missing in the answer. */
    public List<ManagedObject> read(List<Moref> objects, List<String> paths) {
        if (objects.isEmpty()) {
            return List.of();
        }
        List<Moref> asked = new ArrayList<>(objects);
        boolean again = false;
        while (!asked.isEmpty()) {
            try {
                return readAll(asked, paths);
            } catch (VimFault fault) {
                // One object that vanished fails the call for all.
                String gone = fault.detail().text("obj");
                boolean without = fault.is("ManagedObjectNotFound")
                        && gone != null
                        && asked.removeIf(o -> o.value().equals(gone));
                // The session ended between two pages: the second one cannot be asked for again, the first can.
                boolean fresh = fault.is("NotAuthenticated") && !again;
                if (!without && !fresh) {
                    throw fault;
                }
                again |= fresh;
            }
        }
        return List.of();
    }

    private List<ManagedObject> readAll(List<Moref> objects, List<String> paths) {
        String type = objects.get(0).type();
        Moref collector = connection.service("propertyCollector");
        XmlNode answer = withoutUnknown(
                type,
                paths,
                known -> connection.call("RetrievePropertiesEx", collector, e -> {
                    spec(e, objects, type, known);
                    e.group("options", o -> o.number("maxObjects", PAGE));
                }));
        List<ManagedObject> found = new ArrayList<>(objects(answer));
        String token = answer.text("returnval.token");
        while (token != null) {
            String more = token;
            XmlNode next = connection.call("ContinueRetrievePropertiesEx", collector, e -> e.text("token", more));
            found.addAll(objects(next));
            token = next.text("returnval.token");
        }
        return found;
    }

    /** One object; its absence is an error. */
    public ManagedObject read(Moref object, List<String> paths) {
        List<ManagedObject> found = read(List.of(object), paths);
        if (found.isEmpty() || found.get(0).gone()) {
            throw new VmferryException(
                    VsphereError.VSPHERE_OBJECT_GONE,
                    connection.server() + ": " + object.type() + " " + object.value(),
                    "it is no longer in the inventory",
                    "Make the plan again.");
        }
        return found.get(0);
    }

    XmlNode withoutUnknown(String type, List<String> paths, Function<List<String>, XmlNode> call) {
        while (true) {
            List<String> known = paths.stream()
                    .filter(p -> !unknown.contains(type + "/" + p))
                    .toList();
            try {
                return call.apply(known);
            } catch (VimFault fault) {
                String name = fault.detail().text("name", "");
                List<String> refused = known.stream()
                        .filter(p -> p.equals(name) || p.startsWith(name + ".") || p.endsWith("." + name))
                        .toList();
                if (!fault.is("InvalidProperty") || name.isEmpty() || refused.isEmpty()) {
                    throw fault;
                }
                refused.forEach(p -> unknown.add(type + "/" + p));
            }
        }
    }

    static void spec(Envelope envelope, List<Moref> objects, String type, List<String> paths) {
        envelope.group("specSet", s -> {
            propSet(s, type, paths);
            for (Moref object : objects) {
                s.group("objectSet", o -> o.ref("obj", object));
            }
        });
    }

    static void viewSpec(Envelope envelope, Moref view, String type, List<String> paths) {
        envelope.group("specSet", s -> {
            propSet(s, type, paths);
            s.group(
                    "objectSet",
                    o -> o.ref("obj", view)
                            .flag("skip", true)
                            .group(
                                    "selectSet",
                                    "TraversalSpec",
                                    t -> t.text("name", "view")
                                            .text("type", "ContainerView")
                                            .text("path", "view")
                                            .flag("skip", false)));
        });
    }

    private static void propSet(Envelope spec, String type, List<String> paths) {
        spec.group("propSet", p -> {
            p.text("type", type).flag("all", false);
            paths.forEach(path -> p.text("pathSet", path));
        });
    }

    static List<ManagedObject> objects(XmlNode answer) {
        List<ManagedObject> objects = new ArrayList<>();
        for (XmlNode object : answer.each("returnval.objects")) {
            Moref ref = object.ref("obj");
            if (ref == null) {
                continue;
            }
            PropertyTree tree = new PropertyTree();
            for (XmlNode property : object.all("propSet")) {
                XmlNode value = property.at("val");
                if (value != null) {
                    tree.put(property.text("name", ""), value);
                }
            }
            Map<String, String> missing = new LinkedHashMap<>();
            for (XmlNode entry : object.all("missingSet")) {
                XmlNode fault = entry.at("fault.fault");
                missing.put(entry.text("path", ""), fault == null ? "" : fault.type());
            }
            objects.add(new ManagedObject(ref, tree.root(), missing));
        }
        return objects;
    }
}
