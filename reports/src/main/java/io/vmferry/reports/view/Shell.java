package io.vmferry.reports.view;

import io.vmferry.reports.text.Visible;

/** Commands that can be pasted whatever a path contains. */
final class Shell {
    private Shell() {}

    /** The word as a POSIX shell must get it to see exactly this. */
    static String word(String raw) {
        boolean plain = !raw.isEmpty()
                && raw.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c) || "._/:@=+,-".indexOf(c) >= 0);
        if (plain) {
            return raw;
        }
        if (!Visible.text(raw).equals(raw)) {
            // Bash and zsh read these escapes; the characters themselves would mislead whoever reads the line.
            return "$'" + Visible.text(raw.replace("\\", "\\\\").replace("'", "\\'")) + "'";
        }
        return "'" + raw.replace("'", "'\\''") + "'";
    }
}
