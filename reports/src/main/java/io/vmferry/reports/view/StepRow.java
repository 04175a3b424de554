package io.vmferry.reports.view;

/** One step of a VM in a run. */
public record StepRow(Badge badge, String name, String started, String duration) {}
