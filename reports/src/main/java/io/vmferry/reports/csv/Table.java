package io.vmferry.reports.csv;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as RFC 4180 has them: CR LF behind each, quotes where needed. A byte order mark in front tells Excel that it is
 * UTF-8. Texts that a spreadsheet would take for a formula get an apostrophe before them, since names of VMs are chosen by
 * strangers.
 */
final class Table {
    /** Includes the full-width forms, which Excel with an East Asian locale takes for formulas too. */
    private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private final int columns;
    private final StringBuilder out = new StringBuilder();
    private int column;

    /** Rows alone, to be put behind others. */
    Table(int columns) {
        this.columns = columns;
    }

    Table(List<String> header) {
        this(header.size());
        out.append('\uFEFF');
        header.forEach(this::text);
        end();
    }

    Table text(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return cell("");
        }
        return cell(quoted(FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text));
    }

    Table constant(@Nullable Enum<?> constant) {
        return cell(constant == null ? "" : constant.name());
    }

    Table number(long number) {
        return cell(Long.toString(number));
    }

    Table number(@Nullable Number number) {
        return cell(number == null ? "" : number.toString());
    }

    /** With a decimal point and three digits behind it, in any locale. */
    Table decimal(double number) {
        return cell(BigDecimal.valueOf(number).setScale(3, RoundingMode.HALF_UP).toPlainString());
    }

    /** Leaves the rest of the row empty and begins the next one. */
    void end() {
        while (column < columns) {
            cell("");
        }
        out.append("\r\n");
        column = 0;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private Table cell(String ready) {
        if (column == columns) {
            throw new IllegalStateException("more cells than columns");
        }
        if (column++ > 0) {
            out.append(',');
        }
        out.append(ready);
        return this;
    }

    private static String quoted(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (",\"\r\n\t;".indexOf(text.charAt(i)) >= 0) {
                return '"' + text.replace("\"", "\"\"") + '"';
            }
        }
        return text;
    }
}
