package io.vmferry.vmware.files.ovf;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.files.FilesError;
import java.math.BigInteger;

/** Numbers of a descriptor, each with its file and line in case it is none. */
final class OvfNumbers {
    private static final int MAX_DIGITS = 40;

    private OvfNumbers() {}

    /** A number of bytes, at least 0. */
    static long bytes(String file, int line, String field, String value) {
        return fits(file, line, field, whole(file, line, field, value));
    }

    /** A number of units, as bytes. */
    static long bytes(String file, int line, String field, String value, String unit) {
        BigInteger factor = AllocationUnits.bytes(unit)
                .orElseThrow(() -> new VmferryException(
                        FilesError.OVF_UNIT_UNKNOWN,
                        OvfXml.at(file, line),
                        unit.isBlank()
                                ? field + " has no unit"
                                : field + " is in \"" + unit + "\", which is no known unit of bytes",
                        "Write the unit as OVF does, for instance \"byte * 2^20\"."));
        return fits(file, line, field, whole(file, line, field, value).multiply(factor));
    }

    /** A count from 1 to 65,536. */
    static int count(String file, int line, String field, String value) {
        BigInteger number = whole(file, line, field, value);
        if (number.signum() == 0 || number.bitLength() > 17) {
            throw invalid(file, line, field + " is " + value.strip() + ", which no VM has");
        }
        return number.intValueExact();
    }

    static VmferryException invalid(String file, int line, String reason) {
        return new VmferryException(
                FilesError.OVF_INVALID,
                OvfXml.at(file, line),
                reason,
                "Correct the descriptor, or export the VM again.");
    }

    private static BigInteger whole(String file, int line, String field, String value) {
        String text = value.strip();
        if (text.isEmpty() || text.length() > MAX_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            String shown = text.length() > MAX_DIGITS ? text.substring(0, MAX_DIGITS) + "…" : text;
            throw invalid(file, line, field + " is \"" + shown + "\", which is not a whole number");
        }
        return new BigInteger(text);
    }

    private static long fits(String file, int line, String field, BigInteger bytes) {
        if (bytes.bitLength() > 62) {
            throw invalid(file, line, field + " is more than 4 EiB");
        }
        return bytes.longValueExact();
    }
}
