package io.vmferry.vmware.files.ovf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An element of a parsed document. Children are found by local name: OVF 1.x and 2.x differ in namespaces and prefixes only,
 * and real tools disagree about the namespaces of {@code rasd}, {@code epasd} and {@code sasd}.
 */
final class XmlElement {
    /** The namespace of VMware's extensions. */
    static final String VMW = "http://www.vmware.com/schema/ovf";

    private final String namespace;
    private final String name;
    private final int line;
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private record Attribute(String namespace, String name, String value) {}

    XmlElement(String namespace, String name, int line) {
        this.namespace = namespace;
        this.name = name;
        this.line = line;
    }

    void attribute(String attributeNamespace, String attributeName, String value) {
        attributes.add(new Attribute(attributeNamespace, attributeName, value));
    }

    void child(XmlElement element) {
        children.add(element);
    }

    void text(String piece) {
        text.append(piece);
    }

    String namespace() {
        return namespace;
    }

    String name() {
        return name;
    }

    /** Line in the file, from 1. */
    int line() {
        return line;
    }

    boolean is(String localName) {
        return name.equals(localName);
    }

    boolean isVmw(String localName) {
        return is(localName) && namespace.equals(VMW);
    }

    List<XmlElement> children() {
        return children;
    }

    List<XmlElement> children(String localName) {
        return children.stream().filter(c -> c.is(localName)).toList();
    }

    Optional<XmlElement> first(String localName) {
        return children.stream().filter(c -> c.is(localName)).findFirst();
    }

    /** Own text without surrounding blanks. */
    String text() {
        return text.toString().strip();
    }

    /** Text of the first child of that name; empty when there is none or it is blank. */
    Optional<String> textOf(String localName) {
        return first(localName).map(XmlElement::text).filter(t -> !t.isEmpty());
    }

    /** An attribute in the document's own namespace or in none. */
    Optional<String> attr(String localName) {
        return attributes.stream()
                .filter(a -> a.name().equals(localName)
                        && (a.namespace().isEmpty() || a.namespace().contains("/ovf/envelope/")))
                .map(a -> a.value().strip())
                .findFirst();
    }

    /** An attribute in VMware's namespace. */
    Optional<String> vmwAttr(String localName) {
        return attributes.stream()
                .filter(a -> a.name().equals(localName) && a.namespace().equals(VMW))
                .map(a -> a.value().strip())
                .findFirst();
    }
}
