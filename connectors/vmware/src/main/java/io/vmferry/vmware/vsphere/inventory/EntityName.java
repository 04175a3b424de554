package io.vmferry.vmware.vsphere.inventory;

import java.util.Locale;

/** Names as vSphere keeps them: slash, backslash and percent sign are escaped, everything else is as it was typed. */
public final class EntityName {
    private EntityName() {}

    /** As a user typed it. */
    public static String plain(String kept) {
        if (kept.indexOf('%') < 0) {
            return kept;
        }
        StringBuilder plain = new StringBuilder(kept.length());
        for (int i = 0; i < kept.length(); i++) {
            String three = kept.substring(i, Math.min(i + 3, kept.length())).toLowerCase(Locale.ROOT);
            switch (three) {
                case "%2f" -> plain.append('/');
                case "%5c" -> plain.append('\\');
                case "%25" -> plain.append('%');
                default -> {
                    plain.append(kept.charAt(i));
                    continue;
                }
            }
            i += 2;
        }
        return plain.toString();
    }
}
