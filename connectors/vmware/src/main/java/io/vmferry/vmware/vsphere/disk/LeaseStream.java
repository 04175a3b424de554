package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteStream;
import io.vmferry.vmware.vsphere.http.ConnectionFailure;
import io.vmferry.vmware.vsphere.http.HttpClients;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** The bytes of one exported disk. The request goes out with the first read. Used by one thread. */
final class LeaseStream implements ByteStream {
    private static final int STEP = 64 << 10;
    private static final long LONGEST_REST = 64 << 20;
    /** A host that searches a thin disk for its next grain is silent meanwhile. */
    static final Duration SILENCE = Duration.ofMinutes(3);

    /**
     * What to ask.
     *
     * @param address a secret
     * @param cookie empty where the address alone opens
     */
    record Request(URI address, SSLSocketFactory tls, String cookie, Lease lease) {
        @Override
        public String toString() {
            return "export from " + address.getAuthority();
        }
    }

    private final String name;
    private final Supplier<Request> request;
    private final Duration silence;
    private final GrainProgress progress;
    private final byte[] step = new byte[STEP];
    private @Nullable Request open;
    private @Nullable HttpsURLConnection connection;
    private @Nullable InputStream in;
    private long received;
    private boolean atEnd;

    /** @param request makes the lease; called with the first read */
    LeaseStream(String name, Supplier<Request> request, Duration silence, GrainProgress progress) {
        this.name = name;
        this.request = request;
        this.silence = silence;
        this.progress = progress;
    }

    @Override
    public String name() {
        return name;
    }

    long received() {
        return received;
    }

    @Override
    public int read(ByteBuffer target) {
        int start = target.position();
        while (target.hasRemaining() && !atEnd) {
            Request from = open;
            InputStream body = in;
            if (from == null || body == null) {
                from = request.get();
                open = from;
                body = connect(from);
                in = body;
            }
            from.lease().requireAlive();
            int n;
            try {
                n = body.read(step, 0, Math.min(step.length, target.remaining()));
            } catch (IOException e) {
                from.lease().requireAlive();
                throw cut(from, e);
            }
            if (n < 0) {
                atEnd = true;
            } else {
                target.put(step, 0, n);
                received += n;
                progress.see(ByteBuffer.wrap(step, 0, n));
            }
        }
        return target.position() - start;
    }

    /** Reads on to the end of the body: a lease may be completed only then. */
    void drain() {
        ByteBuffer rest = ByteBuffer.allocate(STEP);
        long limit = received + LONGEST_REST;
        while (!atEnd) {
            if (received > limit) {
                throw new VmferryException(
                        TransferError.DATASTORE_ANSWER_WRONG,
                        name,
                        "after the end of the disk the host sends on and on",
                        "Export the disk again.");
            }
            read(rest.clear());
        }
    }

    private InputStream connect(Request from) {
        try {
            HttpsURLConnection made =
                    (HttpsURLConnection) from.address().toURL().openConnection();
            connection = made;
            made.setSSLSocketFactory(from.tls());
            made.setConnectTimeout((int) HttpClients.CONNECT_TIMEOUT.toMillis());
            made.setReadTimeout((int) silence.toMillis());
            made.setInstanceFollowRedirects(false);
            made.setUseCaches(false);
            made.setRequestProperty("Accept", "*/*");
            made.setRequestProperty("Accept-Encoding", "identity");
            if (!from.cookie().isEmpty()) {
                made.setRequestProperty("Cookie", from.cookie());
            }
            int status = made.getResponseCode();
            @Nullable String type = made.getContentType();
            if (status != 200) {
                throw answered(from, "the host answers the export with HTTP " + status, status == 503);
            }
            if (type != null && type.toLowerCase(Locale.ROOT).contains("html")) {
                throw answered(from, "the host sends a web page instead of the disk", false);
            }
            return made.getInputStream();
        } catch (IOException e) {
            throw ConnectionFailure.of(from.address().getAuthority(), "exporting " + name, e);
        }
    }

    private VmferryException answered(Request from, String reason, boolean busy) {
        return new VmferryException(
                busy ? TransferError.DATASTORE_BUSY : TransferError.EXPORT_REFUSED,
                name + " from " + from.address().getAuthority(),
                reason,
                busy
                        ? "Export fewer disks at the same time: a host has one buffer for all of them."
                        : "Check that this machine reaches the ESXi host itself; addresses of exports are good for the"
                                + " lease's time only, so a slow name service is enough to miss it.");
    }

    private VmferryException cut(Request from, IOException cause) {
        VmferryException failure = ConnectionFailure.of(from.address().getAuthority(), "exporting " + name, cause);
        return new VmferryException(
                TransferError.EXPORT_TRUNCATED,
                name,
                "the export stopped after " + received + " bytes: " + failure.reason(),
                "Check the network to the ESXi host and its load; this disk begins again from its start.",
                failure);
    }

    @Override
    public void close() {
        HttpsURLConnection made = connection;
        connection = null;
        if (made != null) {
            made.disconnect();
        }
    }
}
