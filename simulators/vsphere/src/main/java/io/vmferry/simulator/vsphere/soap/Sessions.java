package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.SoapFault;
import io.vmferry.simulator.vsphere.world.World;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is logged in at one endpoint, and tickets for single downloads. Guarded by the world's lock. */
public final class Sessions {
    /** Name of the cookie that carries a session. */
    public static final String COOKIE = "vmware_soap_session";

    private final World world;
    private final Map<String, Session> byCookie = new HashMap<>();

    Sessions(World world) {
        this.world = world;
    }

    Session login(@Nullable String user, @Nullable String password) {
        if (user == null || password == null || !password.equals(world.users.get(user))) {
            throw new SoapFault("InvalidLogin", "Cannot complete login due to an incorrect user name or password.");
        }
        Session session = new Session(
                world.uuid(), world.uuid().replace("-", ""), user, world.clock().now());
        byCookie.put(session.cookie, session);
        return session;
    }

    void logout(Session session) {
        byCookie.remove(session.cookie);
    }

    /** The session of a cookie, which this call keeps alive; null when it expired or never was. */
    @Nullable
    Session find(@Nullable String cookie) {
        Instant now = world.clock().now();
        byCookie.values().removeIf(session -> now.isAfter(session.lastActive.plus(world.sessionTimeout)));
        Session session = byCookie.get(cookie);
        if (session != null) {
            session.lastActive = now;
        }
        return session;
    }

    /** Whether a session may read: its cookie, or user and password by the basic scheme. */
    public boolean mayRead(@Nullable String cookie, @Nullable String authorization) {
        if (find(cookie) != null) {
            return true;
        }
        String text = basic(authorization);
        int colon = text.indexOf(':');
        return colon > 0 && text.substring(colon + 1).equals(world.users.get(text.substring(0, colon)));
    }

    /** {@code user:password} of an {@code Authorization} header; empty when it is none. */
    public static String basic(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("Basic ")) {
            return "";
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(authorization.substring("Basic ".length()));
            return new String(decoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Ends all sessions, as an administrator or a restart does. */
    public void expireAll() {
        byCookie.clear();
    }

    public int count() {
        find(null);
        return byCookie.size();
    }

    /** Tickets for one download each. Shared by a vCenter and its hosts. */
    public static final class Tickets {
        private final World world;
        private final Map<String, Ticket> tickets = new HashMap<>();

        private record Ticket(String target, String method, Instant until) {}

        public Tickets(World world) {
            this.world = world;
        }

        String issue(String url, String method) {
            String id = "52" + world.uuid();
            tickets.put(id, new Ticket(target(url), method, world.clock().now().plus(world.ticketLifetime)));
            return id;
        }

        private static String target(String url) {
            URI uri = URI.create(url);
            return uri.getPath() + "?" + uri.getQuery();
        }

        /** Uses a ticket up. @return whether it was good for this request */
        public boolean redeem(@Nullable String id, String target, String method) {
            Ticket ticket = tickets.remove(id);
            return ticket != null
                    && ticket.method().equals(method)
                    && ticket.target().equals(target(target))
                    && world.clock().now().isBefore(ticket.until());
        }
    }
}
