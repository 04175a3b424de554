package io.vmferry.reports.view;

/**
 * A label and what it says.
 *
 * @param note second line in small print; empty none
 * @param mono set in a fixed-width face: paths, digests, addresses
 * @param wide takes a whole row: paths, digests, sentences
 */
public record Fact(String label, String value, String note, boolean mono, boolean wide) {
    static Fact of(String label, String value) {
        return new Fact(label, value, "", false, false);
    }

    static Fact noted(String label, String value, String note) {
        return new Fact(label, value, note, false, false);
    }

    static Fact mono(String label, String value) {
        return new Fact(label, value, "", true, false);
    }

    static Fact wide(String label, String value) {
        return new Fact(label, value, "", false, true);
    }

    static Fact wideMono(String label, String value, String note) {
        return new Fact(label, value, note, true, true);
    }
}
