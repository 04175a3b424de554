package io.vmferry.rules.placement;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/**
 * A VM's name made to fit: a DNS-1123 label of at most 63 characters, which Kubernetes also takes as a label's value.
 *
 * @param exact nothing had to be changed
 * @param generated a hash had to make it unique, since letters or its end were lost
 */
public record TargetName(String name, boolean exact, boolean generated) {
    public static final int LONGEST = 63;

    private static final int SUFFIX = 9;

    /** Letters that Unicode does not take apart. */
    private static final Map<Integer, String> LATIN = Map.ofEntries(
            Map.entry((int) 'ß', "ss"),
            Map.entry((int) 'æ', "ae"),
            Map.entry((int) 'œ', "oe"),
            Map.entry((int) 'ø', "o"),
            Map.entry((int) 'đ', "d"),
            Map.entry((int) 'ð', "d"),
            Map.entry((int) 'þ', "th"),
            Map.entry((int) 'ł', "l"),
            Map.entry((int) 'ı', "i"));

    /**
     * Makes a name fit.
     *
     * @param display the VM's name at its source
     * @param identity what tells it from others of the same name
     */
    public static TargetName of(String display, String identity) {
        StringBuilder name = new StringBuilder();
        boolean lost = false;
        String plain = Normalizer.normalize(display, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        for (int c : plain.codePoints().toArray()) {
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                name.appendCodePoint(c);
            } else if (LATIN.containsKey(c)) {
                name.append(LATIN.get(c));
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                lost |= Character.isLetterOrDigit(c);
                dash(name);
            }
        }
        String label = trimmed(name.toString());
        if (!lost && !label.isEmpty() && label.length() <= LONGEST) {
            return new TargetName(label, label.equals(display), false);
        }
        String start = trimmed(label.substring(0, Math.min(label.length(), LONGEST - SUFFIX)));
        return new TargetName((start.isEmpty() ? "vm" : start) + "-" + StableKey.suffix(identity), false, true);
    }

    /**
     * A name derived from a VM's, no longer than a volume's may be.
     *
     * @param ending for instance {@code -disk-0}
     */
    public static String derived(String vmName, String ending) {
        if (vmName.length() + ending.length() <= LONGEST) {
            return vmName + ending;
        }
        String start = trimmed(vmName.substring(0, LONGEST - SUFFIX - ending.length()));
        return start + "-" + StableKey.suffix(vmName) + ending;
    }

    private static void dash(StringBuilder name) {
        if (name.length() > 0 && name.charAt(name.length() - 1) != '-') {
            name.append('-');
        }
    }

    private static String trimmed(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && name.charAt(start) == '-') {
            start++;
        }
        while (end > start && name.charAt(end - 1) == '-') {
            end--;
        }
        return name.substring(start, end);
    }
}
