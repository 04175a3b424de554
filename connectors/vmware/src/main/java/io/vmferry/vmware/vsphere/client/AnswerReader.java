package io.vmferry.vmware.vsphere.client;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.vsphere.VsphereError;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one element inside a SOAP body. Document types are refused, so there are no entities, and depth is bounded: the
 * deepest real answers are chains of 32 backings and trees of as many snapshots.
 */
final class AnswerReader {
    private static final int DEEPEST = 256;
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
    private static final int TITLE = 80;

    private final String server;
    private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();

    /** @param server for messages */
    AnswerReader(String server) {
        this.server = server;
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        // The depth is counted here; newer Javas count too, to another number and with another error.
        if (factory.isPropertySupported("jdk.xml.maxElementDepth")) {
            factory.setProperty("jdk.xml.maxElementDepth", "0");
        }
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are never read");
        });
    }

    /** The answer itself, or the fault. */
    XmlNode body(byte[] answer) {
        if (answer.length == 0) {
            throw cut("it is empty", null);
        }
        try {
            XMLStreamReader xml;
            synchronized (factory) {
                xml = factory.createXMLStreamReader(new ByteArrayInputStream(answer));
            }
            try {
                return envelope(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            if (looksLikeHtml(answer)) {
                throw notSdk(answer);
            }
            throw cut("it ends early or is no XML", e);
        }
    }

    private XmlNode envelope(XMLStreamReader xml) throws XMLStreamException {
        XmlNode root = null;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                throw refused("it has a document type, which is never read");
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                root = element(xml, 0);
            }
        }
        if (root == null || !root.name().equals("Envelope")) {
            throw new VmferryException(
                    VsphereError.VSPHERE_NOT_SDK,
                    server,
                    "it answers with "
                            + (root == null ? "nothing" : "an XML element \"" + shortened(root.name()) + "\"")
                            + " where a SOAP envelope belongs",
                    NOT_SDK_REMEDY);
        }
        XmlNode body = root.at("Body");
        if (body == null || body.children().isEmpty()) {
            throw cut("its SOAP body is empty", null);
        }
        return body.children().get(0);
    }

    private XmlNode element(XMLStreamReader xml, int depth) throws XMLStreamException {
        if (depth > DEEPEST) {
            throw refused("its elements are nested more than " + DEEPEST + " deep");
        }
        String name = xml.getLocalName();
        String type = "";
        String refType = "";
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals("type")) {
                String value = xml.getAttributeValue(i);
                if (XSI.equals(xml.getAttributeNamespace(i))) {
                    type = value.substring(value.indexOf(':') + 1);
                } else {
                    refType = value;
                }
            }
        }
        @Nullable List<XmlNode> children = null;
        String text = "";
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (children == null) {
                        children = new ArrayList<>(4);
                    }
                    children.add(element(xml, depth + 1));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (children == null) {
                        text = text.isEmpty() ? xml.getText() : text + xml.getText();
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return children == null
                            ? new XmlNode(name, type, refType, text, List.of())
                            : new XmlNode(name, type, refType, "", children);
                }
                case XMLStreamConstants.END_DOCUMENT ->
                    throw new XMLStreamException("the document ends inside " + name);
                default -> {
                    // Comments and processing instructions mean nothing here.
                }
            }
        }
    }

    private static boolean looksLikeHtml(byte[] answer) {
        String start = start(answer).toLowerCase(java.util.Locale.ROOT);
        return start.contains("<html") || start.contains("<!doctype html");
    }

    private static String start(byte[] answer) {
        return new String(answer, 0, Math.min(answer.length, 2048), java.nio.charset.StandardCharsets.UTF_8);
    }

    VmferryException notSdk(byte[] answer) {
        java.util.regex.Matcher title = java.util.regex.Pattern.compile("(?is)<title[^>]*>([^<]{1,200})")
                .matcher(start(answer));
        return new VmferryException(
                VsphereError.VSPHERE_NOT_SDK,
                server,
                "it answers with a web page"
                        + (title.find() ? " (\"" + shortened(title.group(1).strip()) + "\")" : "")
                        + " where a SOAP envelope belongs",
                NOT_SDK_REMEDY);
    }

    static final String NOT_SDK_REMEDY =
            "Set server to a vCenter or ESXi host itself, with its HTTPS port; a proxy or a login page may be in between.";

    private VmferryException cut(String how, @Nullable Exception cause) {
        return new VmferryException(
                VsphereError.VSPHERE_ANSWER_CUT,
                server,
                "its answer cannot be read: " + how,
                "Run the same command again; if it stays so, look for a proxy in between and at the server's health.",
                cause);
    }

    private VmferryException refused(String why) {
        return new VmferryException(
                VsphereError.VSPHERE_ANSWER_REFUSED,
                server,
                "its answer is not read any further: " + why,
                "Make sure that this is a vSphere server; if it is, report this as a defect.");
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= TITLE ? line : line.substring(0, TITLE) + "…";
    }
}
