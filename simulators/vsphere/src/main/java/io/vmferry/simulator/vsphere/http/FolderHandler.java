package io.vmferry.simulator.vsphere.http;

import io.vmferry.simulator.vsphere.soap.Sessions;
import io.vmferry.simulator.vsphere.world.Datacenter;
import io.vmferry.simulator.vsphere.world.Datastore;
import io.vmferry.simulator.vsphere.world.DatastoreFiles;
import io.vmferry.simulator.vsphere.world.Entity;
import io.vmferry.simulator.vsphere.world.Host;
import io.vmferry.simulator.vsphere.world.World;
import io.vmferry.spi.image.ByteSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /folder/PATH?dcPath=…&dsName=…}: files of datastores, whole or by range. Needs a session, a name and password, or on a host
 * a ticket for just this request. A file that a running machine writes comes from that machine's host only.
 */
final class FolderHandler implements Endpoint.Handler {
    private static final String PREFIX = "/folder/";
    private static final int BUFFER = 256 << 10;

    private final World world;
    private final @Nullable Host host;
    private final Sessions sessions;
    private final Sessions.Tickets tickets;
    private final Served served;

    FolderHandler(World world, @Nullable Host host, Sessions sessions, Sessions.Tickets tickets, Served served) {
        this.world = world;
        this.host = host;
        this.sessions = sessions;
        this.tickets = tickets;
        this.served = served;
    }

    @Override
    public Reply handle(Request request) {
        boolean head = request.method().equals("HEAD");
        if (!head && !request.method().equals("GET")) {
            return Reply.html(405, "Method Not Allowed");
        }
        Map<String, String> query = request.query();
        DatastoreFiles.Opened file;
        Datastore store;
        String path = request.path().substring(Math.min(request.path().length(), PREFIX.length()));
        synchronized (world) {
            world.tick();
            if (!authorised(request)) {
                return Reply.html(401, "Unauthorized").with("WWW-Authenticate", "Basic realm=\"VMware HTTP server\"");
            }
            if (world.deniedPrivileges.contains("Datastore.FileManagement")
                    || world.deniedPrivileges.contains("VirtualMachine.Provisioning.GetVmFiles")) {
                return Reply.html(403, "Forbidden");
            }
            store = store(query);
            file = store == null ? null : DatastoreFiles.open(store, path);
            if (store == null || file == null) {
                return Reply.html(404, "Not Found");
            }
            if (!store.accessible || file.writer() != null && !readsLocked(file)) {
                return Reply.html(500, "Internal Server Error");
            }
        }
        return reply(request, file, "[" + store.name() + "] " + path);
    }

    private boolean readsLocked(DatastoreFiles.Opened file) {
        return host == null
                ? world.vcenterReadsLockedFiles
                : file.writer() != null && file.writer().host() == host;
    }

    private boolean authorised(Request request) {
        String cookie = request.cookie(Sessions.COOKIE);
        if (sessions.mayRead(cookie, request.header("Authorization"))) {
            return true;
        }
        String ticket = request.cookie("vmware_cgi_ticket");
        return host != null && tickets.redeem(ticket, request.rawTarget(), request.method());
    }

    private @Nullable Datastore store(Map<String, String> query) {
        String name = query.get("dsName");
        if (host != null) {
            return named(host.datastores, name);
        }
        String path = query.get("dcPath");
        for (Entity entity : world.entities()) {
            if (entity instanceof Datacenter datacenter && path != null && isPath(datacenter, path)) {
                return named(datacenter.datastores.children(), name);
            }
        }
        return null;
    }

    /** Some clients encode twice, and vCenter does not mind. */
    private static boolean isPath(Datacenter datacenter, String path) {
        String plain = path.replaceFirst("^/", "");
        return plain.equals(datacenter.path()) || Request.decode(plain).equals(datacenter.path());
    }

    private static @Nullable Datastore named(Collection<? extends Entity> entities, @Nullable String name) {
        for (Entity entity : entities) {
            boolean fits = name != null
                    && List.of(name, Request.decode(name)).stream()
                            .anyMatch(each -> each.equals(entity.name()) || each.equals(entity.wireName()));
            if (fits && entity instanceof Datastore store) {
                return store;
            }
        }
        return null;
    }

    private Reply reply(Request request, DatastoreFiles.Opened file, String name) {
        ByteSource bytes = file.bytes();
        long size = bytes.size();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/octet-stream");
        headers.put("Accept-Ranges", "bytes");
        ByteRange range = ByteRange.parse(request.header("Range"), size);
        if (range != null && !range.satisfiable()) {
            return Reply.html(416, "Range Not Satisfiable").with("Content-Range", "bytes */" + size);
        }
        long first = range == null ? 0 : range.first();
        long last = range == null ? size - 1 : range.last();
        if (range != null) {
            headers.put("Content-Range", "bytes " + first + "-" + last + "/" + size);
        }
        if (!request.method().equals("HEAD")) {
            served.asked(name, first, last);
        }
        return new Reply(
                range == null ? 200 : 206, headers, last - first + 1, out -> send(bytes, first, last, name, out));
    }

    private void send(ByteSource bytes, long first, long last, String name, OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, last - first + 1)];
        for (long at = first; at <= last; ) {
            int n = bytes.read(at, ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, last - at + 1)));
            if (n == 0) {
                throw new IOException("the file became shorter");
            }
            out.write(buffer, 0, n);
            served.sent(name, n);
            at += n;
        }
    }
}
