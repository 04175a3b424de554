package io.vmferry.simulator.vsphere.wire;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** An element of a request: its name without prefix, its children, its text. */
public final class Node {
    private static final int MAX_DEPTH = 64;
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    private final String name;
    private final @Nullable String type;
    private final @Nullable String xsiType;
    private final List<Node> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private Node(String name, @Nullable String type, @Nullable String xsiType) {
        this.name = name;
        this.type = type;
        this.xsiType = xsiType;
    }

    /** @throws XMLStreamException when it is no XML, has a DTD, or is nested beyond reason */
    public static Node parse(InputStream xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(xml);
        try {
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.DTD) {
                    throw new XMLStreamException("a DTD");
                }
            }
            return element(reader, 0);
        } finally {
            reader.close();
        }
    }

    private static Node element(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > MAX_DEPTH) {
            throw new XMLStreamException("nested deeper than " + MAX_DEPTH);
        }
        @Nullable String type = null;
        @Nullable String xsiType = null;
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals("type")) {
                String value = reader.getAttributeValue(i);
                if (XSI.equals(reader.getAttributeNamespace(i))) {
                    xsiType = value.substring(value.indexOf(':') + 1);
                } else {
                    type = value;
                }
            }
        }
        Node node = new Node(reader.getLocalName(), type, xsiType);
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> node.children.add(element(reader, depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> node.text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    return node;
                }
                default -> {
                    // Comments and the like.
                }
            }
        }
    }

    public String name() {
        return name;
    }

    /** The type said in {@code xsi:type}, without prefix. */
    public @Nullable String xsiType() {
        return xsiType;
    }

    public List<Node> children() {
        return children;
    }

    public @Nullable Node child(String childName) {
        for (Node child : children) {
            if (child.name.equals(childName)) {
                return child;
            }
        }
        return null;
    }

    public List<Node> children(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).toList();
    }

    public String text() {
        return text.toString().trim();
    }

    /** The text of a child; null when there is none. */
    public @Nullable String text(String childName) {
        Node child = child(childName);
        return child == null ? null : child.text();
    }

    public List<String> texts(String childName) {
        return children(childName).stream().map(Node::text).toList();
    }

    public boolean flag(String childName) {
        String value = text(childName);
        return "true".equals(value) || "1".equals(value);
    }

    /** This element as a reference to a managed object. */
    public MoRef ref() {
        return new MoRef(type == null ? "" : type, text());
    }

    public @Nullable MoRef ref(String childName) {
        Node child = child(childName);
        return child == null ? null : child.ref();
    }
}
