package io.vmferry.vmware.vsphere.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An element of an answer, whatever its type: newer servers send types and fields that no object model of ours knows, and all
 * of them are here. Namespaces are dropped, since vim25 has only one. Paths are names joined with dots, each the first child of
 * that name. Immutable once read; safe for many threads.
 */
public final class XmlNode {
    private final String name;
    private final String type;
    private final String refType;
    private final String text;
    private final List<XmlNode> children;

    XmlNode(String name, String type, String refType, String text, List<XmlNode> children) {
        this.name = name;
        this.type = type;
        this.refType = refType;
        this.text = text;
        this.children = children;
    }

    /** A node that only holds others. */
    public static XmlNode of(String name, List<XmlNode> children) {
        return new XmlNode(name, "", "", "", List.copyOf(children));
    }

    XmlNode named(String other) {
        return new XmlNode(other, type, refType, text, children);
    }

    /** The same with another text; for flags of a device that is sent back as it came. */
    public XmlNode withText(String path, String value) {
        int dot = path.indexOf('.');
        String first = dot < 0 ? path : path.substring(0, dot);
        List<XmlNode> changed = new ArrayList<>(children.size());
        for (XmlNode child : children) {
            if (!child.name.equals(first)) {
                changed.add(child);
            } else if (dot < 0) {
                changed.add(new XmlNode(child.name, child.type, child.refType, value, List.of()));
            } else {
                changed.add(child.withText(path.substring(dot + 1), value));
            }
        }
        return new XmlNode(name, type, refType, text, changed);
    }

    public String name() {
        return name;
    }

    /** {@code xsi:type} without prefix; empty where the element's declared type is meant. */
    public String type() {
        return type;
    }

    public boolean is(String typeName) {
        return type.equals(typeName);
    }

    /** Own text; empty for an element that holds others. */
    public String text() {
        return text;
    }

    public List<XmlNode> children() {
        return children;
    }

    /** All children of a name: vim25 has no other arrays. */
    public List<XmlNode> all(String childName) {
        return children.stream().filter(c -> c.name.equals(childName)).toList();
    }

    /** All descendants through {@code path}, every branch of it. */
    public List<XmlNode> each(String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return all(path);
        }
        String rest = path.substring(dot + 1);
        return all(path.substring(0, dot)).stream()
                .flatMap(c -> c.each(rest).stream())
                .toList();
    }

    public @Nullable XmlNode at(String path) {
        XmlNode at = this;
        int from = 0;
        while (at != null && from <= path.length()) {
            int dot = path.indexOf('.', from);
            int end = dot < 0 ? path.length() : dot;
            at = at.child(path, from, end);
            from = end + 1;
        }
        return at;
    }

    private @Nullable XmlNode child(String path, int from, int end) {
        for (XmlNode child : children) {
            if (child.name.length() == end - from && path.startsWith(child.name, from)) {
                return child;
            }
        }
        return null;
    }

    /** Text at a path; null when there is none or it is empty. */
    public @Nullable String text(String path) {
        XmlNode at = at(path);
        return at == null || at.text.isEmpty() ? null : at.text;
    }

    public String text(String path, String otherwise) {
        String text = text(path);
        return text == null ? otherwise : text;
    }

    /** Null when it is neither there nor a boolean: null is not the same as false. */
    public @Nullable Boolean flag(String path) {
        String text = text(path);
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true", "1" -> Boolean.TRUE;
            case "false", "0" -> Boolean.FALSE;
            default -> null;
        };
    }

    public boolean isTrue(String path) {
        return Boolean.TRUE.equals(flag(path));
    }

    /** Null when it is neither there nor a number of 64 bits. */
    public @Nullable Long number(String path) {
        String text = text(path);
        if (text == null) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Null when it is neither there nor a number of 32 bits. */
    public @Nullable Integer integer(String path) {
        Long number = number(path);
        return number == null || number.intValue() != number ? null : number.intValue();
    }

    public @Nullable Moref ref(String path) {
        XmlNode at = at(path);
        return at == null ? null : at.ref();
    }

    /** The managed object that this element names; null when it names none. */
    public @Nullable Moref ref() {
        return refType.isEmpty() || text.isEmpty() ? null : new Moref(refType, text);
    }

    String refType() {
        return refType;
    }

    /** Whether any node of the tree, this one included, is what is looked for. */
    boolean anywhere(Predicate<XmlNode> wanted) {
        return wanted.test(this) || children.stream().anyMatch(c -> c.anywhere(wanted));
    }

    @Override
    public String toString() {
        return "<" + name + (type.isEmpty() ? "" : " " + type) + ">" + (text.isEmpty() ? children.size() : text);
    }
}
