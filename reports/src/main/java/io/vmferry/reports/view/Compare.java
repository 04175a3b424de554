package io.vmferry.reports.view;

/** A fact of the machine before and after. */
public record Compare(String label, String source, String target, boolean changed) {}
