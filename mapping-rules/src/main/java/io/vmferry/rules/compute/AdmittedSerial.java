package io.vmferry.rules.compute;

import org.jspecify.annotations.Nullable;

/**
 * Serials in the characters that KubeVirt admits, {@code [A-Za-z0-9_.+-]}, at most 256 of them. Version 0.50 enforces this for
 * the firmware's serial, all versions for a disk's; VMware's serials have blanks.
 */
public final class AdmittedSerial {
    private AdmittedSerial() {}

    private static final int LONGEST = 256;

    /** Every run of other characters becomes one dash; null when nothing is left. */
    public static @Nullable String of(@Nullable String serial) {
        if (serial == null) {
            return null;
        }
        String admitted = serial.strip().replaceAll("[^A-Za-z0-9_.+-]+", "-");
        String bounded = admitted.length() > LONGEST ? admitted.substring(0, LONGEST) : admitted;
        return bounded.replace("-", "").isEmpty() ? null : bounded;
    }
}
