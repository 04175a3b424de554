package io.vmferry.kubevirt.syntax;

/**
 * SMBIOS serial numbers. KubeVirt admits {@code [A-Za-z0-9_.+-]+}, 256 at most (the pattern is enforced by 0.50, the length by
 * all); VMware's own have blanks.
 */
public final class FirmwareSerial {
    private static final int LONGEST = 256;

    private FirmwareSerial() {}

    /** The serial in admitted characters: each run of others becomes one dash. Empty when nothing is left. */
    public static String admitted(String serial) {
        String dashed = serial.strip().replaceAll("[^A-Za-z0-9_.+-]+", "-");
        return dashed.substring(0, Math.min(dashed.length(), LONGEST));
    }
}
