package io.vmferry.spi.plan;

/**
 * One thing that planning found.
 *
 * @param code stable, dotted, lower case: {@code network.unmapped}; documented in {@code docs/findings.md}
 * @param subject what it is about: {@code web01 / Network adapter 1}
 * @param message one sentence that says what is so
 * @param remedy one sentence that says what to do; empty when there is nothing to do
 */
public record Finding(String code, Severity severity, String subject, String message, String remedy) {
    public static Finding blocker(String code, String subject, String message, String remedy) {
        return new Finding(code, Severity.BLOCKER, subject, message, remedy);
    }

    public static Finding warning(String code, String subject, String message, String remedy) {
        return new Finding(code, Severity.WARNING, subject, message, remedy);
    }

    public static Finding info(String code, String subject, String message, String remedy) {
        return new Finding(code, Severity.INFO, subject, message, remedy);
    }
}
