package io.vmferry.simulator.vsphere.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as vCenter does: straight into one text, no tree in between. {@code xsi:type} stands where the type is not
 * the declared one; elements and subtypes that the client's version does not know are left out or shown as their base.
 *
 * <p>Used by one thread.
 */
public final class SoapWriter {
    private static final String ANY = "anyType";

    private final StringBuilder text = new StringBuilder(8192);
    private final ApiVersion version;

    public SoapWriter(ApiVersion version) {
        this.version = version;
    }

    public ApiVersion version() {
        return version;
    }

    /** Bytes or characters do not matter here: how much was written. */
    public int length() {
        return text.length();
    }

    /** Ready mark-up. */
    public SoapWriter raw(String xml) {
        text.append(xml);
        return this;
    }

    public SoapWriter open(String element) {
        text.append('<').append(element).append('>');
        return this;
    }

    public SoapWriter close(String element) {
        text.append("</").append(element).append('>');
        return this;
    }

    public SoapWriter text(String element, String content) {
        open(element);
        escape(content);
        return close(element);
    }

    public SoapWriter ref(String element, MoRef ref) {
        text.append('<').append(element).append(" type=\"").append(ref.type()).append("\">");
        escape(ref.id());
        return close(element);
    }

    /** A data object in an element that is declared to hold its type or a base of it; a list is one element each. */
    public SoapWriter value(String element, Object value, String declared) {
        if (value instanceof List<?> list) {
            for (Object item : list) {
                value(element, item, declared);
            }
        } else if (value instanceof Data data) {
            data(element, data, declared);
        } else if (value instanceof MoRef ref) {
            text.append('<').append(element).append(" type=\"").append(ref.type());
            text.append(declared.equals(ANY) ? "\" xsi:type=\"ManagedObjectReference\">" : "\">");
            escape(ref.id());
            close(element);
        } else {
            scalar(element, value, declared);
        }
        return this;
    }

    /** A property of a managed object: always with its type, arrays as one object. */
    public SoapWriter property(String element, Object value, Schema.Field declared) {
        String type = declared.type();
        if (value instanceof List<?> list) {
            String item = type;
            text.append('<').append(element).append(" xsi:type=\"ArrayOf");
            text.append(Character.toUpperCase(item.charAt(0)))
                    .append(item, 1, item.length())
                    .append("\">");
            for (Object each : list) {
                if (each instanceof MoRef) {
                    value(item, each, ANY);
                } else {
                    value(item, each, item);
                }
            }
            return close(element);
        }
        if (value instanceof String string && Schema.wireName(type).equals(type)) {
            // A string in a field of a type of vim25 is one of its enumeration.
            return value(element, new Typed(type, string), ANY);
        }
        return value(element, value, ANY);
    }

    /** The detail of a fault: an element named after it that says its type and brings its own namespace. */
    public SoapWriter fault(Data detail) {
        Schema.Type type = detail.type().in(version);
        text.append('<').append(type.name()).append("Fault xmlns=\"urn:vim25\"");
        text.append(" xsi:type=\"").append(type.name()).append("\">");
        fields(type, detail);
        return close(type.name() + "Fault");
    }

    private void data(String element, Data data, String declared) {
        Schema.Type type = data.type().in(version);
        text.append('<').append(element);
        if (!type.name().equals(declared)) {
            text.append(" xsi:type=\"").append(type.name()).append('"');
        }
        text.append('>');
        fields(type, data);
        close(element);
    }

    private void fields(Schema.Type type, Data data) {
        for (Map.Entry<String, Schema.Field> entry : type.fields().entrySet()) {
            Object value = data.get(entry.getKey());
            Schema.Field field = entry.getValue();
            if (value == null || !field.in(version)) {
                continue;
            }
            if (field.type().equals(ANY) && value instanceof List<?> list && list.get(0) instanceof Data first) {
                property(
                        field.name(),
                        list,
                        new Schema.Field(field.name(), first.type().name(), true, null));
            } else {
                value(field.name(), value, field.type());
            }
        }
    }

    private void scalar(String element, Object value, String declared) {
        String type;
        String content;
        if (value instanceof Typed typed) {
            type = typed.type();
            content = typed.text();
        } else if (value instanceof Instant time) {
            type = "xsd:dateTime";
            content = time.truncatedTo(ChronoUnit.MILLIS).toString();
        } else {
            type = javaType(value);
            content = value.toString();
        }
        text.append('<').append(element);
        if (declared.equals(ANY)) {
            text.append(" xsi:type=\"").append(type).append('"');
        }
        text.append('>');
        escape(content);
        close(element);
    }

    private static String javaType(Object value) {
        if (value instanceof String) {
            return "xsd:string";
        }
        if (value instanceof Boolean) {
            return "xsd:boolean";
        }
        if (value instanceof Integer) {
            return "xsd:int";
        }
        if (value instanceof Long) {
            return "xsd:long";
        }
        if (value instanceof Short) {
            return "xsd:short";
        }
        throw new IllegalArgumentException("a " + value.getClass());
    }

    private void escape(@Nullable String content) {
        if (content == null) {
            return;
        }
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            switch (c) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append("&quot;");
                case '\r' -> text.append("&#xd;");
                default -> text.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
