package io.vmferry.reports.text;

/**
 * Makes every character of a name visible. Names come from hypervisors, where people and scripts put line feeds, direction
 * marks and zero-width characters into them; unseen, those make two different VMs look alike or turn a line around.
 */
public final class Visible {
    private Visible() {}

    /** The text with control, direction and zero-width characters spelled out: {@code \n}, {@code \u202E}. */
    public static String text(String raw) {
        StringBuilder out = null;
        for (int i = 0; i < raw.length(); ) {
            int c = raw.codePointAt(i);
            int width = Character.charCount(c);
            if (isHidden(c)) {
                out = out == null ? new StringBuilder(raw.length() + 16).append(raw, 0, i) : out;
                out.append(spelled(c));
            } else if (out != null) {
                out.appendCodePoint(c);
            }
            i += width;
        }
        return out == null ? raw : out.toString();
    }

    private static boolean isHidden(int c) {
        return Character.isISOControl(c)
                || c >= 0xD800 && c <= 0xDFFF // half of a surrogate pair
                || c == 0x061C // Arabic letter mark
                || c == 0x200B // zero-width space
                || c >= 0x200E && c <= 0x200F // direction marks
                || c >= 0x2028 && c <= 0x202E // line and paragraph separator, embeddings and overrides
                || c >= 0x2060 && c <= 0x2069 // word joiner, invisible operators, isolates
                || c == 0xFEFF // byte order mark
                || c >= 0xFFF9 && c <= 0xFFFF
                || (c & 0xFFFE) == 0xFFFE
                || c >= 0xE0000 && c <= 0xE0FFF; // tags
    }

    private static String spelled(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(c > 0xFFFF ? "\\U%08X" : "\\u%04X", c);
        };
    }
}
