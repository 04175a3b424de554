package io.vmferry.reports.view;

/** A word with its tone. */
public record Badge(Tone tone, String text) {}
