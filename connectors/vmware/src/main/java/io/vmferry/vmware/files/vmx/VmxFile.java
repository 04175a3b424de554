package io.vmferry.vmware.files.vmx;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.files.FilesError;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * VMware's dictionary format ({@code .vmx}, {@code .vmsd}): {@code key = "value"} a line, keys in any case, {@code |22} for a
 * character by its hexadecimal code, text in the encoding that {@code .encoding} names.
 *
 * @param file name for messages
 * @param values by key in lower case
 */
public record VmxFile(String file, Map<String, String> values) {
    /** How large a configuration may be, bytes. */
    public static final int MAX_BYTES = 4 << 20;

    private static final Pattern LINE = Pattern.compile("([^\\s=\"]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\"]*))\\s*");
    private static final Pattern ENCODING =
            Pattern.compile("(?im)^\\s*\\.encoding\\s*=\\s*\"?([\\w.:-]{1,40})\"?\\s*$");
    private static final Pattern ESCAPE = Pattern.compile("\\|([0-9A-Fa-f]{2})");

    public VmxFile {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public static VmxFile parse(String file, byte[] bytes) {
        Map<String, String> values = new LinkedHashMap<>();
        int number = 0;
        for (String raw : text(bytes).split("\r\n|\n|\r", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher entry = LINE.matcher(line);
            if (!entry.matches()) {
                throw malformed(file, number, "it is no line of the form key = \"value\"");
            }
            String value = entry.group(2) != null
                    ? entry.group(2)
                    : String.valueOf(entry.group(3)).strip();
            String key = entry.group(1).toLowerCase(Locale.ROOT);
            String before = values.put(key, unescaped(value));
            if (before != null && !before.equals(values.get(key))) {
                throw malformed(file, number, "it gives a second value for " + key);
            }
        }
        return new VmxFile(file, values);
    }

    private static String text(byte[] bytes) {
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        Matcher encoding = ENCODING.matcher(latin);
        Charset charset = StandardCharsets.UTF_8;
        if (encoding.find()) {
            try {
                charset = Charset.forName(encoding.group(1));
            } catch (IllegalArgumentException e) {
                // An encoding that this Java lacks: names may look wrong, everything else is ASCII anyway.
                charset = StandardCharsets.UTF_8;
            }
        }
        String text = new String(bytes, charset);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static String unescaped(String value) {
        return value.indexOf('|') < 0
                ? value
                : ESCAPE.matcher(value)
                        .replaceAll(
                                m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))));
    }

    /** A value that is set and not empty. */
    public Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key.toLowerCase(Locale.ROOT))).filter(v -> !v.isBlank());
    }

    public String text(String key) {
        return value(key).orElse("");
    }

    public boolean isTrue(String key) {
        return value(key).filter("true"::equalsIgnoreCase).isPresent();
    }

    public boolean isFalse(String key) {
        return value(key).filter("false"::equalsIgnoreCase).isPresent();
    }

    /**
     * A number from 1 on.
     *
     * @param most largest value that makes sense
     * @return empty when it is not set
     */
    public Optional<Integer> count(String key, int most) {
        return value(key).map(v -> {
            String digits = v.strip();
            if (!digits.matches("\\d{1,9}") || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > most) {
                throw new VmferryException(
                        FilesError.VMX_MALFORMED,
                        file + " " + key,
                        "\"" + digits + "\" is not a number from 1 to " + most,
                        "Correct the configuration.");
            }
            return Integer.valueOf(digits);
        });
    }

    private static VmferryException malformed(String file, int line, String reason) {
        return new VmferryException(
                FilesError.VMX_MALFORMED,
                file + " line " + line,
                reason,
                "Copy the VM's files again, or correct the configuration.");
    }
}
