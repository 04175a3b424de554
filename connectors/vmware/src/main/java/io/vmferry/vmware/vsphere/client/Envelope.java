package io.vmferry.vmware.vsphere.client;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.vsphere.VsphereError;

/** Writes the arguments of a call. The order of elements is part of vim25: they go out as they are called. One use. */
public final class Envelope {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
            + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>";
    private static final String TAIL = "</soapenv:Body></soapenv:Envelope>";

    private final StringBuilder xml = new StringBuilder(1024);

    Envelope() {}

    /** A whole message with a call that is ready as text. */
    static String around(String call) {
        return HEAD + call + TAIL;
    }

    static String call(String method, Moref self, java.util.function.Consumer<Envelope> arguments) {
        Envelope envelope = new Envelope();
        envelope.xml.append('<').append(method).append(" xmlns=\"urn:vim25\">");
        envelope.ref("_this", self);
        arguments.accept(envelope);
        envelope.xml.append("</").append(method).append('>');
        return envelope.xml.toString();
    }

    public Envelope text(String name, String value) {
        xml.append('<').append(name).append('>');
        escape(name, value);
        xml.append("</").append(name).append('>');
        return this;
    }

    public Envelope flag(String name, boolean value) {
        return text(name, Boolean.toString(value));
    }

    public Envelope number(String name, long value) {
        return text(name, Long.toString(value));
    }

    public Envelope ref(String name, Moref ref) {
        xml.append('<').append(name).append(" type=\"");
        escape(name, ref.type());
        xml.append("\">");
        escape(name, ref.value());
        xml.append("</").append(name).append('>');
        return this;
    }

    /** An element with others inside. */
    public Envelope group(String name, java.util.function.Consumer<Envelope> inside) {
        return group(name, "", inside);
    }

    /** @param type {@code xsi:type}; empty for the declared one */
    public Envelope group(String name, String type, java.util.function.Consumer<Envelope> inside) {
        xml.append('<').append(name);
        type(name, type);
        xml.append('>');
        inside.accept(this);
        xml.append("</").append(name).append('>');
        return this;
    }

    /** Sends back what came from the server, with all that we do not know in it. */
    public Envelope node(XmlNode node) {
        xml.append('<').append(node.name());
        if (!node.refType().isEmpty()) {
            xml.append(" type=\"");
            escape(node.name(), node.refType());
            xml.append('"');
        }
        type(node.name(), node.type());
        xml.append('>');
        escape(node.name(), node.text());
        node.children().forEach(this::node);
        xml.append("</").append(node.name()).append('>');
        return this;
    }

    private void type(String name, String type) {
        if (!type.isEmpty()) {
            // XML Schema's own types begin with a small letter, vim25's with a capital.
            xml.append(" xsi:type=\"").append(Character.isLowerCase(type.charAt(0)) ? "xsd:" : "");
            escape(name, type);
            xml.append('"');
        }
    }

    private void escape(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '"' -> xml.append("&quot;");
                case '\r' -> xml.append("&#13;");
                case '\n', '\t' -> xml.append(c);
                default -> {
                    if (c < 0x20 || c == 0xfffe || c == 0xffff) {
                        throw unwritable(name);
                    }
                    xml.append(c);
                }
            }
        }
    }

    /** The value itself may be a password. */
    private static VmferryException unwritable(String name) {
        return new VmferryException(
                VsphereError.VSPHERE_SETTING_INVALID,
                "argument \"" + name + "\" of a call",
                "it has a control character, which XML cannot carry",
                "Remove the character; a password file may have been saved in another encoding than UTF-8.");
    }
}
