package io.vmferry.rules.network;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Hardware addresses as KubeVirt wants them: lower-case, with colons. */
public final class MacAddress {
    private MacAddress() {}

    private static final Pattern PAIRS = Pattern.compile("[0-9a-f]{2}(([:-])[0-9a-f]{2})(\\2[0-9a-f]{2}){4}");

    /** Taken by the gateway of KubeVirt's masquerade binding. */
    private static final String MASQUERADE_GATEWAY = "02:00:00:00:00:00";

    /** The usual form; empty when it is no MAC address, or none that a single card can have. */
    public static Optional<String> normal(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (!PAIRS.matcher(lower).matches()) {
            return Optional.empty();
        }
        String colons = lower.replace('-', ':');
        boolean group = (Integer.parseInt(colons.substring(0, 2), 16) & 1) != 0;
        boolean reserved = colons.equals("00:00:00:00:00:00") || colons.equals(MASQUERADE_GATEWAY);
        return group || reserved ? Optional.empty() : Optional.of(colons);
    }
}
