package io.vmferry.spi.error;

/**
 * A stable, documented name for one kind of failure.
 *
 * <p>Implemented by one enum per module; {@link #name()} is what users see, so a published constant is never renamed. All
 * codes are listed in {@code docs/errors.md}, and a test holds that page to the enums.
 */
public interface ErrorCode {
    /** The code as printed, for instance {@code VMDK_TRUNCATED}. */
    String name();

    ErrorCategory category();

    /** Whether doing the same again, unchanged, can succeed. The retry policy looks at nothing else. */
    default boolean retryable() {
        return false;
    }
}
