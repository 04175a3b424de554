package io.vmferry.spi.model;

/**
 * Something a connector noticed while it described a VM; checks turn it into a finding of the same code.
 *
 * @param code for instance {@code files.ovf.unknown-section}
 */
public record Notice(String code, String subject, String message) {}
