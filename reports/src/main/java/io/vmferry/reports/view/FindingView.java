package io.vmferry.reports.view;

/** One finding, ready to be shown. */
public record FindingView(Badge badge, String code, String subject, String message, String remedy) {}
