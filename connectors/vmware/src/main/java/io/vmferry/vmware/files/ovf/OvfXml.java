package io.vmferry.vmware.files.ovf;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.files.FilesError;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Parses a descriptor without document type, entities or anything outside of it. A descriptor is foreign input: depth and
 * number of elements are bounded here, its size by whoever read it ({@link #MAX_BYTES}).
 */
final class OvfXml {
    /** Descriptors of large appliances with licence texts reach some hundred KiB. */
    static final int MAX_BYTES = 8 << 20;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_ELEMENTS = 200_000;

    /** A parsed document: its root and all namespaces that its root declares. */
    record Document(XmlElement root, Set<String> namespaces) {}

    private OvfXml() {}

    static Document parse(String file, byte[] bytes) {
        // The JDK's own parser, whatever else is on the class path.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(XmlText.decode(bytes)));
            try {
                return read(file, reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw malformed(file, e.getLocation() == null ? 0 : e.getLocation().getLineNumber(), e);
        } catch (CharacterCodingException e) {
            throw malformed(file, 0, e);
        } catch (VmferryException e) {
            throw e;
        } catch (RuntimeException e) {
            // The JDK's parser answers some broken documents with an unchecked exception.
            throw malformed(file, 0, e);
        }
    }

    private static Document read(String file, XMLStreamReader reader) throws XMLStreamException {
        Deque<XmlElement> open = new ArrayDeque<>();
        Set<String> namespaces = new HashSet<>();
        @Nullable XmlElement root = null;
        int elements = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    XmlElement element = element(reader);
                    if (++elements > MAX_ELEMENTS || open.size() >= MAX_DEPTH) {
                        throw new VmferryException(
                                FilesError.OVF_TOO_LARGE,
                                at(file, element.line()),
                                "it has more or deeper nested elements than any real descriptor",
                                "Export the VM again; this file was not written by VMware.");
                    }
                    if (root == null) {
                        root = element;
                        for (int i = 0; i < reader.getNamespaceCount(); i++) {
                            String uri = reader.getNamespaceURI(i);
                            if (uri != null) {
                                namespaces.add(uri);
                            }
                        }
                    }
                    XmlElement parent = open.peek();
                    if (parent != null) {
                        parent.child(element);
                    }
                    open.push(element);
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    XmlElement current = open.peek();
                    if (current != null) {
                        current.text(reader.getText());
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new VmferryException(
                            FilesError.OVF_DOCTYPE,
                            at(file, reader.getLocation().getLineNumber()),
                            "it has a document type or an entity, which no OVF needs and vmferry never reads",
                            "Remove the DOCTYPE and its entities, or export the VM again.");
                default -> {}
            }
        }
        if (root == null) {
            throw malformed(file, 1, null);
        }
        return new Document(root, namespaces);
    }

    private static XmlElement element(XMLStreamReader reader) {
        String namespace = reader.getNamespaceURI();
        XmlElement element = new XmlElement(
                namespace == null ? "" : namespace,
                reader.getLocalName(),
                reader.getLocation().getLineNumber());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String attributeNamespace = reader.getAttributeNamespace(i);
            element.attribute(
                    attributeNamespace == null ? "" : attributeNamespace,
                    reader.getAttributeLocalName(i),
                    reader.getAttributeValue(i));
        }
        return element;
    }

    static String at(String file, int line) {
        return line > 0 ? file + " line " + line : file;
    }

    private static VmferryException malformed(String file, int line, @Nullable Exception cause) {
        return new VmferryException(
                FilesError.OVF_MALFORMED,
                at(file, line),
                "it is not well-formed XML",
                "Copy or export the package again; the descriptor is damaged.",
                cause);
    }
}
