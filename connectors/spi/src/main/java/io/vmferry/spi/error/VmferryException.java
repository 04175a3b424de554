package io.vmferry.spi.error;

import org.jspecify.annotations.Nullable;

/**
 * The one exception that crosses module borders: what failed (code), on what (subject), why (reason), what to do (remedy).
 *
 * <p>Unchecked, because almost no caller can act on it: the retry policy and the command line do, in one place each. Reason
 * and remedy are plain sentences without secrets; the cause is shown with {@code -v} only.
 */
public class VmferryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final String subject;
    private final String reason;
    private final String remedy;

    public VmferryException(ErrorCode code, String subject, String reason, String remedy) {
        this(code, subject, reason, remedy, null);
    }

    public VmferryException(ErrorCode code, String subject, String reason, String remedy, @Nullable Throwable cause) {
        super(subject + ": " + reason + " [" + code.name() + "]", cause);
        this.code = code;
        this.subject = subject;
        this.reason = reason;
        this.remedy = remedy;
    }

    public ErrorCode code() {
        return code;
    }

    /** The VM, disk, file (with offset where one is known) or YAML position that the failure is about. */
    public String subject() {
        return subject;
    }

    /** Why, as one sentence without the subject. */
    public String reason() {
        return reason;
    }

    /** What the reader can do next, as one sentence. */
    public String remedy() {
        return remedy;
    }
}
