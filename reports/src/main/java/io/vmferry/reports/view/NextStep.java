package io.vmferry.reports.view;

/** What the reader can do, with the command for it; empty when there is none. */
public record NextStep(String text, String command) {}
