package io.vmferry.cli;

import io.vmferry.batch.BatchError;
import io.vmferry.spi.error.VmferryException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes a second as people write them: {@code 50M}, {@code 1.5G}; K, M and G are KiB, MiB and GiB. */
final class ByteRate {
    private static final Pattern RATE = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)([KMG]?)(?:I?B)?(?:/S)?");
    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 50);

    private ByteRate() {}

    /** @param flag it was given by, for messages */
    static long parse(String flag, String text) {
        Matcher matcher = RATE.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (matcher.matches()) {
            int shift = matcher.group(2).isEmpty() ? 0 : 10 * (1 + "KMG".indexOf(matcher.group(2)));
            BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << shift));
            if (bytes.compareTo(BigDecimal.ONE) >= 0 && bytes.compareTo(MOST) <= 0) {
                return bytes.longValue();
            }
        }
        throw new VmferryException(
                BatchError.BAD_USAGE,
                flag + " " + text,
                "it is no number of bytes a second",
                "Give a number with K, M or G behind it, such as 50M for 50 MiB a second.");
    }
}
