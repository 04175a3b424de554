package io.vmferry.kubevirt.syntax;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Syntax of label keys and values (k8s.io/apimachinery/pkg/util/validation). */
public final class LabelSyntax {
    private static final int LONGEST = 63;
    private static final int HASH = 8;
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");

    private LabelSyntax() {}

    public static boolean isValue(String text) {
        return VALUE.matcher(text).matches();
    }

    /** Name with an optional prefix; the keys of labels and annotations alike. */
    public static boolean isKey(String text) {
        int slash = text.indexOf('/');
        boolean prefixed = slash >= 0;
        return NAME.matcher(text.substring(slash + 1)).matches()
                && (!prefixed || DnsLabel.isSubdomain(text.substring(0, slash)));
    }

    /**
     * A label value for any text: the text itself where it is one already, otherwise what it has in admitted characters, made
     * distinct by a hash of the whole.
     */
    public static String value(String text) {
        if (isValue(text)) {
            return text;
        }
        String admitted = text.replaceAll("[^A-Za-z0-9_.-]+", "-");
        String cut = admitted.substring(0, Math.min(admitted.length(), LONGEST - HASH - 1));
        String begun = cut.replaceAll("^[_.-]+", "").replaceAll("[_.-]+$", "");
        return begun.isEmpty() ? hash(text) : begun + "-" + hash(text);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
