package io.vmferry.reports.view;

/**
 * A part of the stacked bar over all VMs.
 *
 * @param key value of the rows' {@code data-k}, which the filter compares with
 * @param x and width in percent, as SVG wants them
 */
public record Segment(String key, Badge badge, String count, String x, String width) {}
