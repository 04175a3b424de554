package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a file lies, as vSphere writes it: {@code [datastore] folder/file.vmdk}.
 *
 * @param path below the datastore's root, with slashes
 */
public record DatastorePath(String datastore, String path) {
    private static final Pattern WRITTEN = Pattern.compile("\\[([^\\]]+)\\]\\s*(.+)");
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    /** @param subject what lies there, for the message */
    public static DatastorePath parse(String text, String subject) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches() || !confined(matcher.group(2))) {
            throw new VmferryException(
                    TransferError.DATASTORE_PATH_INVALID,
                    subject,
                    "its place \"" + text + "\" is no [datastore] folder/file",
                    "Look at the disk's settings in the vSphere client.");
        }
        return new DatastorePath(matcher.group(1), matcher.group(2));
    }

    /** {@code file.vmdk}. */
    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** {@code folder/}; empty at the root. */
    String folder() {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /**
     * A file in the same folder, or below it. A descriptor is foreign input: no name in it may lead anywhere else.
     *
     * @param name as the descriptor has it
     */
    DatastorePath sibling(String name) {
        if (!confined(name)) {
            throw new VmferryException(
                    CommonError.NAME_NOT_CONFINED,
                    "\"" + name + "\" named in " + this,
                    "it does not stay in the disk's own folder",
                    "Put all files of the disk into its VM's folder, for instance by Storage vMotion.");
        }
        return new DatastorePath(datastore, folder() + name);
    }

    private static boolean confined(String name) {
        if (name.isBlank() || name.startsWith("/") || name.contains("\\") || name.contains("://")) {
            return false;
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return name.chars().noneMatch(c -> c < ' ' || c == 0x7f);
    }

    /**
     * The file's address on a vSphere web server.
     *
     * @param server {@code https://host:port}
     * @param datacenter inventory path of the datacenter, its folders' names as the inventory has them ({@code %2f} for a
     *     slash in a name); null for a host that was asked itself
     */
    URI on(URI server, @Nullable String datacenter) {
        String query = "dsName=" + escaped(datastore, "");
        if (datacenter != null) {
            query = "dcPath=" + escaped(datacenter, "") + "&" + query;
        }
        return URI.create(
                server.getScheme() + "://" + server.getRawAuthority() + "/folder/" + escaped(path, "/") + "?" + query);
    }

    /** Percent-encoded once, spaces too: a plus sign would be one more thing to read in two ways. */
    private static String escaped(String text, String kept) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (UNRESERVED.indexOf(c) >= 0 || kept.indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                escaped.append('%').append(String.format("%02X", (int) c));
            }
        }
        return escaped.toString();
    }

    @Override
    public String toString() {
        return "[" + datastore + "] " + path;
    }
}
