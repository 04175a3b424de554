package io.vmferry.reports.view;

/** A text that leads to a place on the page. */
public record Link(String text, String href) {}
