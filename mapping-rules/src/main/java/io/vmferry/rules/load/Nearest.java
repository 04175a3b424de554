package io.vmferry.rules.load;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
final class Nearest {
    private Nearest() {}

    /** The allowed word that is a typing error away; empty when none is near enough to suggest. */
    static Optional<String> to(String written, Collection<String> allowed) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String word : allowed) {
            int distance = distance(fold(written), fold(word));
            if (distance < bestDistance) {
                bestDistance = distance;
                best = word;
            }
        }
        int near = Math.max(1, Math.min(3, Math.max(written.length(), best == null ? 0 : best.length()) / 3));
        return bestDistance <= near ? Optional.ofNullable(best) : Optional.empty();
    }

    /** Case and separators are the commonest slips: {@code storage_class}, {@code Storageclass}. */
    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_ .]", "");
    }

    /** Edits to get from one to the other; swapping neighbours counts as one. */
    private static int distance(String a, String b) {
        if (a.length() > 40) {
            return Integer.MAX_VALUE;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
