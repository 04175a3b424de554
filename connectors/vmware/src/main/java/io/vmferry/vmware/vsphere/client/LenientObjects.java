package io.vmferry.vmware.vsphere.client;

import com.vmware.vim25.ManagedObjectReference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Makes yavijava's objects out of elements. What its object model does not know - a field, a type, a constant, a number that
 * does not fit - is written down in {@link #aside} and left out: servers are always newer than a model. One use, one thread.
 */
final class LenientObjects {
    private static final String MODEL = "com.vmware.vim25.";

    private final List<String> aside = new ArrayList<>();

    /** What was left out, as {@code VirtualDisk.vDiskVersion}. */
    List<String> aside() {
        return List.copyOf(aside);
    }

    /**
     * The objects of an answer.
     *
     * @param type as yavijava's stubs name what they return: {@code DiskChangeInfo}, {@code EntityPrivilege[]}
     */
    @Nullable
    Object result(List<XmlNode> values, String type) {
        boolean array = type.endsWith("[]");
        Class<?> declared = named(array ? type.substring(0, type.length() - 2) : type);
        if (declared == null) {
            aside.add(type);
            return null;
        }
        if (array) {
            return array(declared, values, type);
        }
        return values.isEmpty() ? null : value(declared, values.get(0), type);
    }

    private @Nullable Object value(Class<?> declared, XmlNode node, String where) {
        try {
            return convert(declared, node, where);
        } catch (DateTimeException | IllegalArgumentException e) {
            aside.add(where);
            return null;
        }
    }

    private @Nullable Object convert(Class<?> declared, XmlNode node, String where) {
        String text = node.text();
        if (declared == String.class) {
            return text;
        } else if (declared == int.class || declared == Integer.class) {
            return Integer.valueOf(text);
        } else if (declared == long.class || declared == Long.class) {
            return Long.valueOf(text);
        } else if (declared == boolean.class || declared == Boolean.class) {
            return text.equals("true") || text.equals("1");
        } else if (declared == short.class || declared == Short.class) {
            return Short.valueOf(text);
        } else if (declared == byte.class || declared == Byte.class) {
            return Byte.valueOf(text);
        } else if (declared == double.class || declared == Double.class) {
            return Double.valueOf(text);
        } else if (declared == float.class || declared == Float.class) {
            return Float.valueOf(text);
        } else if (declared == Calendar.class) {
            return calendar(text);
        } else if (declared == ManagedObjectReference.class) {
            return reference(node);
        } else if (declared.isEnum()) {
            return constant(declared, text, where);
        }
        return object(declared, node, where);
    }

    private @Nullable Object object(Class<?> declared, XmlNode node, String where) {
        Class<?> told = node.type().isEmpty() ? declared : named(node.type());
        if (told == null) {
            aside.add(where + ": " + node.type());
            told = declared;
        }
        if (declared == Object.class && told == Object.class) {
            return node.text();
        }
        if (!declared.isAssignableFrom(told)) {
            aside.add(where + ": " + node.type());
            return null;
        }
        if (told != declared && !told.getName().startsWith(MODEL)) {
            return convert(told, node, where);
        }
        Object object;
        try {
            object = told.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            aside.add(where + ": " + told.getSimpleName());
            return null;
        }
        for (XmlNode child : node.children()) {
            field(object, child, node);
        }
        return object;
    }

    private void field(Object object, XmlNode child, XmlNode parent) {
        String where = object.getClass().getSimpleName() + "." + child.name();
        Field field;
        try {
            field = object.getClass().getField(child.name());
        } catch (NoSuchFieldException e) {
            aside.add(where);
            return;
        }
        // Only the model's own: a fault is a Throwable, whose fields are none of the server's business.
        if (!field.getDeclaringClass().getName().startsWith(MODEL) || Modifier.isStatic(field.getModifiers())) {
            aside.add(where);
            return;
        }
        try {
            Class<?> type = field.getType();
            if (!type.isArray()) {
                Object value = value(type, child, where);
                if (value != null) {
                    field.set(object, value);
                }
            } else if (field.get(object) == null) {
                field.set(object, array(type.getComponentType(), parent.all(child.name()), where));
            }
        } catch (IllegalAccessException e) {
            aside.add(where);
        }
    }

    private Object array(Class<?> component, List<XmlNode> nodes, String where) {
        if (component == byte.class && nodes.size() == 1 && nodes.get(0).text().length() > 4) {
            try {
                return Base64.getMimeDecoder().decode(nodes.get(0).text());
            } catch (IllegalArgumentException e) {
                aside.add(where);
                return new byte[0];
            }
        }
        List<Object> values = new ArrayList<>(nodes.size());
        for (XmlNode node : nodes) {
            Object value = value(component, node, where);
            if (value != null) {
                values.add(value);
            }
        }
        Object array = Array.newInstance(component, values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return array;
    }

    private static ManagedObjectReference reference(XmlNode node) {
        ManagedObjectReference reference = new ManagedObjectReference();
        reference.setType(node.refType());
        reference.setVal(node.text());
        return reference;
    }

    private @Nullable Object constant(Class<?> type, String text, String where) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(text) || constant.toString().equals(text)) {
                return constant;
            }
        }
        aside.add(where + ": " + text);
        return null;
    }

    private static Calendar calendar(String text) {
        // A few old servers leave out the zone; they mean UTC.
        boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d");
        OffsetDateTime time = OffsetDateTime.parse(zoned ? text : text + "Z");
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(time.getOffset()));
        calendar.setTimeInMillis(time.toInstant().toEpochMilli());
        return calendar;
    }

    private static @Nullable Class<?> named(String type) {
        return switch (type) {
            case "string", "String", "anyURI" -> String.class;
            case "boolean" -> boolean.class;
            case "int" -> int.class;
            case "long" -> long.class;
            case "short" -> short.class;
            case "byte" -> byte.class;
            case "double" -> double.class;
            case "float" -> float.class;
            case "dateTime", "Calendar" -> Calendar.class;
            case "anyType", "Object" -> Object.class;
            default -> model(type);
        };
    }

    private static @Nullable Class<?> model(String type) {
        // Names come from the server: nothing but a plain word may be looked for.
        if (!type.matches("[A-Za-z][A-Za-z0-9]{0,150}")) {
            return null;
        }
        try {
            return Class.forName(MODEL + type, false, ManagedObjectReference.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
