package io.vmferry.spi.model;

/**
 * Something a connector noticed while it described a VM; checks turn it into a finding of the same code.
 *
 * @param code for instance {@code files.ovf.unknown-section}
 * @param matters false when it is worth knowing but changes nothing: a finding for information, not a warning
 */
public record Notice(String code, String subject, String message, boolean matters) {
    public Notice(String code, String subject, String message) {
        this(code, subject, message, true);
    }

    /** The same, for information only. */
    public Notice trifling() {
        return new Notice(code, subject, message, false);
    }
}
