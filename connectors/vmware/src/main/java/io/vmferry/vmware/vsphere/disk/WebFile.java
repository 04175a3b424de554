package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.vsphere.http.ConnectionFailure;
import io.vmferry.vmware.vsphere.http.HttpClients;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A file behind a vSphere web server, read range by range; one attempt each. Safe for many threads.
 *
 * <p>On {@link HttpsURLConnection} and not on the JDK's newer client: it blocks, so a silent connection shows as a timeout
 * between two bytes, and it moves about twice the bytes per core because they do not pass through a chain of publishers.
 *
 * @param name for messages: {@code [datastore] folder/file.vmdk}
 * @param address with its query; not shown in messages
 * @param tls makes connections that trust one server only; connections are kept alive per factory
 */
record WebFile(String name, URI address, SSLSocketFactory tls, Access access, Patience patience) {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18})|\\*)/(\\d{1,18})");

    /** The bytes of one range on their way; used by one thread. */
    final class Body implements AutoCloseable {
        private final HttpsURLConnection connection;
        private final InputStream in;
        private final FileStamp stamp;
        private long left;

        private Body(HttpsURLConnection connection, InputStream in, FileStamp stamp, long length) {
            this.connection = connection;
            this.in = in;
            this.stamp = stamp;
            this.left = length;
        }

        FileStamp stamp() {
            return stamp;
        }

        /** @return bytes read, at least 1 unless the range is over: then 0 */
        int read(byte[] target) {
            if (left == 0) {
                return 0;
            }
            try {
                int n = in.read(target, 0, (int) Math.min(target.length, left));
                if (n < 0) {
                    throw new IOException("the body ended " + left + " bytes early");
                }
                left -= n;
                return n;
            } catch (IOException e) {
                throw ConnectionFailure.of(server(), "reading " + name, e);
            }
        }

        @Override
        public void close() {
            if (left > 0) {
                connection.disconnect();
                return;
            }
            try {
                in.close(); // All read: the connection can be used again.
            } catch (IOException e) {
                connection.disconnect();
            }
        }
    }

    /** Host and port. */
    String server() {
        return address.getAuthority();
    }

    /**
     * Asks for the bytes from {@code from} to before {@code to}.
     *
     * @param whole answers that the range goes over the file's end with what there is, or nothing for an empty file
     */
    Body get(long from, long to, boolean whole) {
        String cookie = access.cookie();
        HttpsURLConnection connection;
        int status;
        try {
            connection = (HttpsURLConnection) address.toURL().openConnection();
            connection.setSSLSocketFactory(tls);
            connection.setConnectTimeout((int) HttpClients.CONNECT_TIMEOUT.toMillis());
            connection.setReadTimeout((int) patience.stall().toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestProperty("Accept", "*/*");
            connection.setRequestProperty("Accept-Encoding", "identity");
            connection.setRequestProperty("Range", "bytes=" + from + "-" + (to - 1));
            if (!cookie.isEmpty()) {
                connection.setRequestProperty("Cookie", cookie);
            }
            status = connection.getResponseCode();
        } catch (IOException e) {
            throw ConnectionFailure.of(server(), "reading " + name, e);
        }
        try {
            return answered(connection, status, from, to, whole, cookie);
        } catch (IOException e) {
            connection.disconnect();
            throw ConnectionFailure.of(server(), "reading " + name, e);
        } catch (RuntimeException e) {
            connection.disconnect();
            throw e;
        }
    }

    private Body answered(HttpsURLConnection connection, int status, long from, long to, boolean whole, String cookie)
            throws IOException {
        if (status == 416 && whole && from == 0 && total(connection) == 0) {
            connection.disconnect();
            return new Body(connection, InputStream.nullInputStream(), FileStamp.of(connection, 0), 0);
        }
        if (status != 206) {
            throw WebRefusal.of(this, connection, status, cookie);
        }
        Matcher range = range(connection);
        if (range == null || range.group(1) == null) {
            throw wrong("it sends a range without saying which");
        }
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        long size = Long.parseLong(range.group(3));
        boolean fits = last == to - 1 || (whole && last == size - 1 && last < to);
        if (first != from || !fits || last >= size) {
            throw wrong("asked for the bytes " + from + "-" + (to - 1) + " it sends " + range.group());
        }
        access.accepted(cookie);
        long length = last - first + 1;
        long promised = connection.getContentLengthLong();
        if (promised >= 0 && promised != length) {
            throw wrong("it announces " + promised + " bytes for a range of " + length);
        }
        return new Body(connection, connection.getInputStream(), FileStamp.of(connection, size), length);
    }

    private static @Nullable Matcher range(URLConnection connection) {
        String text = connection.getHeaderField("Content-Range");
        Matcher matcher = CONTENT_RANGE.matcher(text == null ? "" : text.strip());
        return matcher.matches() ? matcher : null;
    }

    private static long total(URLConnection connection) {
        Matcher range = range(connection);
        return range == null ? -1 : Long.parseLong(range.group(3));
    }

    VmferryException wrong(String reason) {
        return new VmferryException(
                TransferError.DATASTORE_ANSWER_WRONG,
                name + " from " + server(),
                reason,
                "Check that no proxy stands between this machine and the server; if none does, use transfer: nfc.");
    }
}
