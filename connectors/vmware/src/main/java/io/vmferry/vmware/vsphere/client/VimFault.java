package io.vmferry.vmware.vsphere.client;

import io.vmferry.spi.error.ErrorCode;
import io.vmferry.spi.error.VmferryException;
import org.jspecify.annotations.Nullable;

/** A fault that the server answered with, already worded for people; callers who can do better look at its type. */
public final class VimFault extends VmferryException {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final transient XmlNode detail;

    VimFault(ErrorCode code, String subject, String reason, String remedy, String type, XmlNode detail) {
        this(code, subject, reason, remedy, type, detail, null);
    }

    private VimFault(
            ErrorCode code,
            String subject,
            String reason,
            String remedy,
            String type,
            XmlNode detail,
            @Nullable Throwable cause) {
        super(code, subject, reason, remedy, cause);
        this.type = type;
        this.detail = detail;
    }

    /** vim25's name: {@code NotAuthenticated}; empty for a fault without detail. */
    public String type() {
        return type;
    }

    public boolean is(String name) {
        return type.equals(name);
    }

    /** What the server told about it; without children where it told nothing. */
    public XmlNode detail() {
        return detail;
    }

    /** The same about something that the user knows by name, rather than by the server's id. */
    public VimFault about(String subject) {
        return new VimFault(code(), subject, reason(), remedy(), type, detail, this);
    }
}
