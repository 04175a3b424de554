package io.vmferry.vmware.files.ovf;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Units of sizes in an OVF: DMTF's programmatic units ({@code byte * 2^20}, DSP0004 annex C) and the words that older tools
 * write ({@code MegaBytes}). All of the words mean powers of two, as every hypervisor takes them.
 */
final class AllocationUnits {
    private static final Map<String, Integer> WORDS = Map.ofEntries(
            Map.entry("byte", 0),
            Map.entry("bytes", 0),
            Map.entry("b", 0),
            Map.entry("kb", 10),
            Map.entry("kib", 10),
            Map.entry("kilobyte", 10),
            Map.entry("kilobytes", 10),
            Map.entry("kbytes", 10),
            Map.entry("mb", 20),
            Map.entry("mib", 20),
            Map.entry("megabyte", 20),
            Map.entry("megabytes", 20),
            Map.entry("mbytes", 20),
            Map.entry("gb", 30),
            Map.entry("gib", 30),
            Map.entry("gigabyte", 30),
            Map.entry("gigabytes", 30),
            Map.entry("gbytes", 30),
            Map.entry("tb", 40),
            Map.entry("tib", 40),
            Map.entry("terabyte", 40),
            Map.entry("terabytes", 40));
    private static final Pattern FACTOR = Pattern.compile("\\*\\s*(\\d{1,19})\\s*(?:\\^\\s*(\\d{1,3}))?\\s*");
    /** 2^80 is far beyond any size; a larger exponent is only there to burn time. */
    private static final int MAX_EXPONENT = 80;

    private AllocationUnits() {}

    /** Bytes in one unit; empty for a unit that is not of bytes or not known. */
    static Optional<BigInteger> bytes(String unit) {
        String text = unit.strip().toLowerCase(Locale.ROOT);
        Integer shift = WORDS.get(text);
        if (shift != null) {
            return Optional.of(BigInteger.ONE.shiftLeft(shift));
        }
        int star = text.indexOf('*');
        if (star < 0 || text.length() > 80) {
            return Optional.empty();
        }
        String base = text.substring(0, star).strip();
        if (!base.equals("byte") && !base.equals("bytes")) {
            return Optional.empty();
        }
        BigInteger product = BigInteger.ONE;
        Matcher factor = FACTOR.matcher(text);
        int at = star;
        while (at < text.length()) {
            factor.region(at, text.length());
            if (!factor.lookingAt()) {
                return Optional.empty();
            }
            int exponent = factor.group(2) == null ? 1 : Integer.parseInt(factor.group(2));
            if (exponent > MAX_EXPONENT) {
                return Optional.empty();
            }
            product = product.multiply(new BigInteger(factor.group(1)).pow(exponent));
            at = factor.end();
        }
        return Optional.of(product);
    }
}
