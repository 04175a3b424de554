package io.vmferry.reports.view;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Shares as SVG wants them: a decimal point in any locale, two digits, between 0 and 100. */
final class Percent {
    private Percent() {}

    static String of(double part, double whole) {
        double share = whole <= 0 ? 0 : Math.max(0, Math.min(1, part / whole));
        return BigDecimal.valueOf(share * 100)
                        .setScale(2, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + "%";
    }
}
