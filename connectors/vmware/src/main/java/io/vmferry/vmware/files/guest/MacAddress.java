package io.vmferry.vmware.files.guest;

import java.util.Locale;
import java.util.Optional;

/** MAC addresses in the spellings of OVF and VMX: {@code 00:50:56:aa:bb:01}, {@code 005056AABB01}, {@code 00-50-…}. */
public final class MacAddress {
    private MacAddress() {}

    /** Lower case with colons; empty when the text is no MAC address. */
    public static Optional<String> normal(String text) {
        String digits = text.strip().replaceAll("[:.-]", "").toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{12}")) {
            return Optional.empty();
        }
        StringBuilder mac = new StringBuilder(17);
        for (int i = 0; i < 12; i += 2) {
            mac.append(i == 0 ? "" : ":").append(digits, i, i + 2);
        }
        return Optional.of(mac.toString());
    }
}
