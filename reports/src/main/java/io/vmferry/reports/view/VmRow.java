package io.vmferry.reports.view;

import java.util.List;

/** A row of the table of VMs. */
public record VmRow(String key, Badge badge, Link name, String target, List<Cell> cells) {
    public VmRow {
        cells = List.copyOf(cells);
    }

    /**
     * A cell behind those for state and name.
     *
     * @param label heading of its column, repeated where the table is shown as cards
     * @param lines one or more
     */
    public record Cell(String label, List<String> lines, boolean numeric) {
        public Cell {
            lines = List.copyOf(lines);
        }

        static Cell of(String label, String... lines) {
            return new Cell(label, List.of(lines), false);
        }

        static Cell number(String label, String... lines) {
            return new Cell(label, List.of(lines), true);
        }
    }
}
