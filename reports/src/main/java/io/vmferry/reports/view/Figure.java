package io.vmferry.reports.view;

/** A key figure: a large number, what it counts, and a line of context. */
public record Figure(String label, String value, String note) {}
