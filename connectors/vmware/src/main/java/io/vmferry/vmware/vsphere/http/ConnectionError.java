package io.vmferry.vmware.vsphere.http;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;

/** Failures of a connection to a vSphere server, before anything was said about VMs or disks. */
public enum ConnectionError implements ErrorCode {
    /** Nobody knows an address for the server's name. */
    VSPHERE_HOST_UNKNOWN(ErrorCategory.NETWORK, false),
    /** The server does not take the connection, or not in time. */
    VSPHERE_UNREACHABLE(ErrorCategory.NETWORK, true),
    /** The connection ended in the middle of something. */
    VSPHERE_CONNECTION_LOST(ErrorCategory.NETWORK, true),
    /** The server said nothing for longer than it may. */
    VSPHERE_SILENT(ErrorCategory.NETWORK, true),
    /** The server's certificate is not one that the settings trust. */
    VSPHERE_CERTIFICATE_UNTRUSTED(ErrorCategory.CONFIG, false),
    /** The server's certificate is not valid now: it has expired, or one of the clocks is wrong. */
    VSPHERE_CERTIFICATE_DATE(ErrorCategory.CONFIG, false),
    /** What answers does not speak TLS, or none that this Java speaks. */
    VSPHERE_TLS_FAILED(ErrorCategory.NETWORK, false),
    /** The trust that the settings name cannot be used: no certificates in the file, or no fingerprint. */
    VSPHERE_TRUST_INVALID(ErrorCategory.CONFIG, false);

    private final ErrorCategory category;
    private final boolean retryable;

    ConnectionError(ErrorCategory category, boolean retryable) {
        this.category = category;
        this.retryable = retryable;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }

    @Override
    public boolean retryable() {
        return retryable;
    }
}
