package io.vmferry.kubevirt.syntax;

import java.util.regex.Pattern;

/** Names of Kubernetes objects and their parts. */
public final class DnsLabel {
    /** RFC 1123 label as Kubernetes checks it. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private DnsLabel() {}

    /** Lower-case letters, digits and dashes, 1 to 63 of them, dashes inside only. Safe as a file name, too. */
    public static boolean is(String name) {
        return LABEL.matcher(name).matches();
    }

    /** Labels joined by dots, at most 253 characters. */
    public static boolean isSubdomain(String name) {
        if (name.length() > 253) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (!is(label)) {
                return false;
            }
        }
        return true;
    }
}
