package io.vmferry.vmware.files.guest;

import io.vmferry.spi.model.GuestOs.Family;
import java.util.Locale;
import java.util.Optional;

/**
 * The SMBIOS UUID of a VM in VMware's spelling: the 16 bytes in the order in which they lie in the firmware table, {@code 56 4d
 * 1f 8a 0c 45 77 2b-9d …}.
 *
 * <p>What a guest shows is another matter. SMBIOS 2.6 and later store the first three fields with the low byte first, so a
 * guest swaps them when it prints the UUID; VMware announces such a version from virtual hardware 13 on. Linux does not swap
 * below, Windows always does. A target writes the table in the new manner, so it needs the text that the guest shows.
 */
public final class BiosUuid {
    private static final int SWAPPED_FROM_HARDWARE = 13;

    private final String hex;

    private BiosUuid(String hex) {
        this.hex = hex;
    }

    /** Empty when the text has not exactly 32 hexadecimal digits. */
    public static Optional<BiosUuid> parse(String text) {
        String digits = text.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
        return digits.matches("[0-9a-f]{32}") ? Optional.of(new BiosUuid(digits)) : Optional.empty();
    }

    /** As the guest prints it, lower case with dashes. */
    public String shown(int hardwareVersion, Family family) {
        return dashed(hardwareVersion >= SWAPPED_FROM_HARDWARE || family == Family.WINDOWS ? swapped() : hex);
    }

    /** In the order of the bytes, as vSphere shows it. */
    public String inOrder() {
        return dashed(hex);
    }

    /** The serial number that VMware derives from it: {@code VMware-56 4d 1f 8a 0c 45 77 2b-9d 11 …}. */
    public String serial() {
        StringBuilder serial = new StringBuilder("VMware-");
        for (int i = 0; i < 32; i += 2) {
            serial.append(i == 0 ? "" : i == 16 ? "-" : " ").append(hex, i, i + 2);
        }
        return serial.toString();
    }

    private String swapped() {
        int[] order = {3, 2, 1, 0, 5, 4, 7, 6};
        StringBuilder out = new StringBuilder(32);
        for (int at : order) {
            out.append(hex, 2 * at, 2 * at + 2);
        }
        return out.append(hex, 16, 32).toString();
    }

    private static String dashed(String digits) {
        return digits.substring(0, 8) + "-" + digits.substring(8, 12) + "-" + digits.substring(12, 16) + "-"
                + digits.substring(16, 20) + "-" + digits.substring(20);
    }
}
