package io.vmferry.vmware.vsphere.http;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateEncodingException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what the JDK says about a connection into a coded error; the one place that knows how it words it. */
public final class ConnectionFailure {
    private ConnectionFailure() {}

    /**
     * @param server host and port, never a URL with a token
     * @param doing what the connection was for, as in {@code asking for the inventory}
     */
    public static VmferryException of(String server, String doing, IOException cause) {
        UntrustedCertificate untrusted = find(UntrustedCertificate.class, cause);
        if (untrusted != null) {
            return untrusted(server, untrusted, cause);
        }
        String said = " while " + doing + " (" + said(cause) + ")";
        if (find(UnknownHostException.class, cause) != null || find(UnresolvedAddressException.class, cause) != null) {
            return new VmferryException(
                    ConnectionError.VSPHERE_HOST_UNKNOWN,
                    server,
                    "its name leads to no address" + said,
                    "Check the name for typing errors and this machine's DNS; an IP address works as well.",
                    cause);
        }
        if (find(HttpConnectTimeoutException.class, cause) != null
                || find(ConnectException.class, cause) != null
                || find(NoRouteToHostException.class, cause) != null) {
            return new VmferryException(
                    ConnectionError.VSPHERE_UNREACHABLE,
                    server,
                    "it does not take the connection" + said,
                    "Check address and port, and that a firewall lets this machine reach it.",
                    cause);
        }
        if (find(SocketTimeoutException.class, cause) != null || find(HttpTimeoutException.class, cause) != null) {
            return new VmferryException(
                    ConnectionError.VSPHERE_SILENT,
                    server,
                    "it did not go on in time" + said,
                    "Look at the server's load and the network, then run the same command again.",
                    cause);
        }
        if (find(InterruptedIOException.class, cause) != null
                || find(ClosedByInterruptException.class, cause) != null) {
            return new VmferryException(
                    CommonError.CANCELLED,
                    server,
                    "somebody asked to stop" + said,
                    "Run the same command again.",
                    cause);
        }
        SSLException tls = find(SSLException.class, cause);
        if (tls != null && !lost(tls)) {
            return new VmferryException(
                    ConnectionError.VSPHERE_TLS_FAILED,
                    server,
                    "no TLS connection comes about" + said,
                    "Check that this port is the server's HTTPS port and that it speaks TLS 1.2 or 1.3.",
                    cause);
        }
        return new VmferryException(
                ConnectionError.VSPHERE_CONNECTION_LOST,
                server,
                "the connection was lost" + said,
                "Check the network between this machine and the server, then run the same command again.",
                cause);
    }

    /** A connection that dies under TLS is reported as a TLS failure, too. */
    private static boolean lost(SSLException tls) {
        String said = said(tls);
        return said.contains("closed")
                || said.contains("reset")
                || said.contains("Broken pipe")
                || said.contains("EOF");
    }

    private static VmferryException untrusted(String server, UntrustedCertificate refused, IOException cause) {
        String seen;
        try {
            seen = Fingerprint.sha256(refused.certificate()).toString();
        } catch (CertificateEncodingException e) {
            seen = "a fingerprint that cannot be computed";
        }
        return new VmferryException(
                refused.date()
                        ? ConnectionError.VSPHERE_CERTIFICATE_DATE
                        : ConnectionError.VSPHERE_CERTIFICATE_UNTRUSTED,
                server,
                refused.getMessage() + "; the server shows " + seen,
                refused.date()
                        ? "Check the clocks of this machine and of the server, and renew the certificate if it has expired."
                        : "Compare the fingerprint with the one that the server's administrator reads on the server; if they"
                                + " are the same, set trust.sha256 to it, or trust.caFile to its authority.",
                cause);
    }

    private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failure) {
        int depth = 0;
        for (Throwable at = failure; at != null && depth < 20; at = at.getCause(), depth++) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }

    private static String said(Throwable cause) {
        @Nullable String text = cause.getMessage();
        return text == null || text.isBlank() ? cause.getClass().getSimpleName() : text;
    }
}
