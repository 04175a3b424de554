package io.vmferry.vmware.vsphere.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts properties that came one by one, each with its path, back into the tree they were cut out of. So a mapping reads the
 * same whatever was asked for. One use, one thread.
 */
final class PropertyTree {
    private final Map<String, Object> branches = new LinkedHashMap<>();

    /** @param value of property {@code path}; an array comes as one element of type {@code ArrayOf…} */
    void put(String path, XmlNode value) {
        String[] names = path.split("\\.");
        Map<String, Object> at = branches;
        for (int i = 0; i < names.length - 1; i++) {
            Object next = at.computeIfAbsent(names[i], n -> new LinkedHashMap<String, Object>());
            if (!(next instanceof Map)) {
                return; // A parent that was asked for as a whole holds it already.
            }
            at = branch(next);
        }
        at.put(names[names.length - 1], value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> branch(Object next) {
        return (Map<String, Object>) next;
    }

    XmlNode root() {
        return new XmlNode("properties", "", "", "", nodes(branches));
    }

    private static List<XmlNode> nodes(Map<String, Object> branches) {
        List<XmlNode> nodes = new ArrayList<>();
        branches.forEach((name, value) -> {
            if (!(value instanceof XmlNode node)) {
                nodes.add(new XmlNode(name, "", "", "", nodes(branch(value))));
            } else if (node.type().startsWith("ArrayOf")) {
                node.children().forEach(item -> nodes.add(item.named(name)));
            } else {
                nodes.add(node.named(name));
            }
        });
        return nodes;
    }
}
