package io.vmferry.rules.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address, read without asking any name server.
 *
 * @param version 4 or 6
 * @param text usual short form, without a zone
 */
public record IpAddress(int version, String text, InetAddress value) {
    private static final Pattern V4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-f:]*:[0-9a-f:.]*");

    public static Optional<IpAddress> parse(String written) {
        String text = written.strip().toLowerCase(Locale.ROOT);
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        // Only literals get this far, so the JDK never looks a name up.
        if (!V4.matcher(bare).matches() && !V6.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            InetAddress value = InetAddress.getByName(bare);
            return Optional.of(
                    value.getAddress().length == 4
                            ? new IpAddress(4, value.getHostAddress(), value)
                            : new IpAddress(6, shortForm(value.getAddress()), value));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    public int bits() {
        return version == 4 ? 32 : 128;
    }

    /**
     * False for what is never the address that a card is known by: link-local, loopback, multicast, unspecified.
     */
    public boolean isUsable() {
        return !value.isLinkLocalAddress()
                && !value.isLoopbackAddress()
                && !value.isMulticastAddress()
                && !value.isAnyLocalAddress()
                && !text.equals("255.255.255.255");
    }

    /** RFC 5952: the longest run of zero groups, the first among equals, becomes {@code ::}. */
    private static String shortForm(byte[] bytes) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF);
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
