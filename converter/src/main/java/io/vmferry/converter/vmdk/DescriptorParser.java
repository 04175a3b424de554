package io.vmferry.converter.vmdk;

import io.vmferry.spi.error.VmferryException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads descriptor text. Keys are case-insensitive, blanks around {@code =} and quotes around values optional, lines end with
 * LF, CRLF or CR, and NULs pad the end. A line that is nothing of the known is an error: skipping it could make the disk
 * silently shorter.
 */
final class DescriptorParser {
    /** More than any product writes: 8 TiB in pieces of 2 GB. */
    private static final int MAX_EXTENTS = 4096;

    /**
     * QEMU changes the CID in place and writes it without leading zeros; the text gets shorter by up to 7 characters and its
     * old end remains behind the new one.
     */
    private static final int LEFTOVER = 8;

    private static final int MAX_SETTINGS = 4096;
    /** Room for all extents and settings, and for as many comments. */
    private static final int MAX_LINES = 2 * (MAX_EXTENTS + MAX_SETTINGS);

    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
    private static final Pattern BLANK = Pattern.compile("\\s");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String FIRST_LINE = "# disk descriptorfile";
    private static final Set<String> ACCESS = Set.of("RW", "RDONLY", "NOACCESS");
    private static final char REPLACEMENT = '\ufffd';

    private final String file;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<ExtentLine> extents = new ArrayList<>();
    private long sectors;

    private DescriptorParser(String file) {
        this.file = file;
    }

    /** Whether these first bytes of a file are those of a descriptor: its first line, or {@code version=} at its top. */
    static boolean matches(ByteBuffer head) {
        String text =
                withoutMark(StandardCharsets.ISO_8859_1.decode(head.slice()).toString());
        if (text.toLowerCase(Locale.ROOT).startsWith(FIRST_LINE)) {
            return true;
        }
        for (String line : text.split("[\r\n]", -1)) {
            String bare = line.strip();
            if (!bare.isEmpty() && !bare.startsWith("#")) {
                return bare.toLowerCase(Locale.ROOT).matches("version\\s*=\\s*\"?[1-3]\"?");
            }
        }
        return false;
    }

    /** @param bytes the whole text; consumed */
    static Descriptor parse(ByteBuffer bytes, String file) {
        DescriptorParser parser = new DescriptorParser(file);
        String text = parser.decode(bytes);
        int number = 0;
        for (String line : parser.lines(text)) {
            parser.line(line.strip(), ++number);
        }
        return new Descriptor(parser.settings, List.copyOf(parser.extents));
    }

    private String[] lines(String text) {
        String[] lines = LINE_END.split(text, MAX_LINES + 1);
        if (lines.length > MAX_LINES) {
            throw VmdkError.VMDK_BAD_DESCRIPTOR.of(file, "the descriptor has more than " + MAX_LINES + " lines");
        }
        return lines;
    }

    private String decode(ByteBuffer bytes) {
        String raw = StandardCharsets.ISO_8859_1.decode(bytes.slice()).toString();
        if (raw.startsWith("\u00ff\u00fe") || raw.startsWith("\u00fe\u00ff")) {
            throw VmdkError.VMDK_BAD_DESCRIPTOR.of(
                    file, "the descriptor is UTF-16 text; some editor saved it that way");
        }
        String bare = withoutMark(raw);
        int padding = bare.indexOf('\0');
        if (padding >= 0) {
            if (bare.chars().skip(padding).filter(c -> c != 0).count() > LEFTOVER) {
                throw VmdkError.VMDK_BAD_DESCRIPTOR.of(file, "the descriptor's text goes on behind a NUL");
            }
            bare = bare.substring(0, padding);
        }
        return new String(bare.getBytes(StandardCharsets.ISO_8859_1), charset(bare));
    }

    /** Drops the UTF-8 byte order mark, seen here as Latin-1. */
    private static String withoutMark(String raw) {
        return raw.startsWith("\u00ef\u00bb\u00bf") ? raw.substring(3) : raw;
    }

    /** The text names its own encoding, in ASCII; without that it is UTF-8. */
    private Charset charset(String raw) {
        for (String line : lines(raw)) {
            int equals = line.indexOf('=');
            if (equals > 0 && line.substring(0, equals).strip().equalsIgnoreCase("encoding")) {
                String name = unquote(line.substring(equals + 1).strip());
                try {
                    return Charset.forName(name);
                } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                    throw VmdkError.VMDK_BAD_DESCRIPTOR.of(
                            file, "its encoding \"" + printable(name) + "\" is not known");
                }
            }
        }
        return StandardCharsets.UTF_8;
    }

    private void line(String line, int number) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        String first = BLANK.split(line, 2)[0];
        int equals = line.indexOf('=');
        if (ACCESS.contains(first.toUpperCase(Locale.ROOT)) && first.length() < line.length()) {
            extent(line, number);
        } else if (equals > 0) {
            setting(
                    line.substring(0, equals).strip(),
                    unquote(line.substring(equals + 1).strip()),
                    number);
        } else {
            throw broken(number, "is neither a setting nor an extent: " + printable(line));
        }
    }

    private void setting(String key, String value, int number) {
        String lower = key.toLowerCase(Locale.ROOT);
        String before = settings.putIfAbsent(lower, value);
        if (before != null && !before.equals(value) && !lower.startsWith("ddb.")) {
            throw broken(number, "gives " + printable(key) + " a second, different value");
        }
        if (settings.size() > MAX_SETTINGS) {
            throw broken(number, "is one of more than " + MAX_SETTINGS + " settings");
        }
    }

    /** {@code access sectors type ["file" [offset [partitionUUID device]]]}; a file name may hold blanks. */
    private void extent(String line, int number) {
        String head = line;
        String tail = "";
        @Nullable String name = null;
        int open = line.indexOf('"');
        if (open >= 0) {
            int close = line.indexOf('"', open + 1);
            if (close < 0) {
                throw broken(number, "has a file name without its closing quote");
            }
            head = line.substring(0, open);
            name = line.substring(open + 1, close);
            tail = line.substring(close + 1).strip();
        }
        String[] words = BLANKS.split(head.strip(), -1);
        if (words.length != 3) {
            throw broken(number, "is not an extent of the form: access, sectors, type, \"file\": " + printable(line));
        }
        long length = number(words[1], number);
        String type = words[2].toUpperCase(Locale.ROOT);
        if (length <= 0 || length > SparseHeader.MAX_SECTORS - sectors) {
            throw broken(number, "has an impossible length of " + length + " sectors");
        }
        if (extents.size() == MAX_EXTENTS) {
            throw broken(number, "is one of more than " + MAX_EXTENTS + " extents");
        }
        boolean zero = type.equals("ZERO");
        if (zero ? name != null : name == null || name.isEmpty()) {
            throw broken(number, zero ? "gives a ZERO extent a file" : "names no file");
        }
        if (name != null && name.indexOf(REPLACEMENT) >= 0) {
            throw broken(number, "has a file name that is not valid in the descriptor's encoding");
        }
        long offset = 0;
        if (!tail.isEmpty()) {
            offset = number(BLANKS.split(tail, 2)[0], number);
        } else if (type.equals("FLAT")) {
            throw broken(number, "does not say at which sector of the file the FLAT extent begins");
        }
        if (offset > SparseHeader.MAX_SECTORS) {
            throw broken(number, "has an impossible offset of " + offset + " sectors");
        }
        sectors += length;
        extents.add(new ExtentLine(words[0].toUpperCase(Locale.ROOT), length, type, name, offset, number));
    }

    private long number(String word, int number) {
        if (!word.matches("[0-9]{1,18}")) {
            throw broken(number, "has \"" + printable(word) + "\" where a number of sectors belongs");
        }
        return Long.parseLong(word);
    }

    private VmferryException broken(int number, String reason) {
        return VmdkError.VMDK_BAD_DESCRIPTOR.of(file + ", descriptor line " + number, "the line " + reason);
    }

    private static String unquote(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    /** Foreign text for a message: short, and without control characters. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(80).forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return shown.toString();
    }
}
