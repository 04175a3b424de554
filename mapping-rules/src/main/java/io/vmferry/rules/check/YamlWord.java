package io.vmferry.rules.check;

/** Writes text so that it can be pasted into a YAML file as it is shown. */
public final class YamlWord {
    private YamlWord() {}

    /** In double quotes, which can hold anything. */
    public static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\x%02x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
