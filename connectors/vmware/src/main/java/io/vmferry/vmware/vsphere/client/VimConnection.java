package io.vmferry.vmware.vsphere.client;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.vsphere.VsphereError;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session with a vCenter or an ESXi host. Safe for many threads, which share the one session: servers count them. It is kept
 * alive while nobody asks for anything, and made anew, once a call, when the server ended it all the same.
 */
public final class VimConnection implements AutoCloseable {
    /** For calls that answer from what the server has at hand. */
    public static final Duration CALL_TIMEOUT = Duration.ofMinutes(3);

    /** Servers end sessions after 30 idle minutes, some administrators after 10. */
    private static final Duration KEEP_ALIVE = Duration.ofMinutes(4);

    private static final Duration LOGOUT_TIMEOUT = Duration.ofSeconds(10);
    /** Idle connections may have been closed by the other side; before a call that must not go out twice, one that may. */
    private static final Duration STALE = Duration.ofSeconds(5);

    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
    private static final Moref SERVICE_INSTANCE = new Moref("ServiceInstance", "ServiceInstance");
    private static final String OLDEST_ACTION = "urn:vim25/6.0";

    private final HttpClient http;
    private final URI base;
    private final String server;
    private final Credentials credentials;
    private final SoapTransport transport;
    private final XmlNode content;
    private final ServerFacts facts;
    private final ScheduledExecutorService keepAlive;
    private final PropertyReader properties;
    private volatile String action;
    private volatile @Nullable String cookie;
    private volatile String sessionKey = "";
    private volatile long lastAnswer = System.nanoTime();
    private volatile boolean closed;

    private VimConnection(HttpClient http, URI base, Credentials credentials) {
        this.http = http;
        this.base = base;
        this.server = base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort();
        this.credentials = credentials;
        this.transport = new SoapTransport(http, base, server);
        this.action = "";
        SoapTransport.Answer first = send("RetrieveServiceContent", SERVICE_INSTANCE, e -> {}, null, CALL_TIMEOUT);
        XmlNode found = first.node().at("returnval");
        if (found == null || found.at("about") == null) {
            throw new VmferryException(
                    VsphereError.VSPHERE_NOT_SDK, server, "it does not say what it is", AnswerReader.NOT_SDK_REMEDY);
        }
        this.content = found;
        this.facts = ServerFacts.of(found.at("about"));
        this.action = facts.apiVersion().isEmpty() ? OLDEST_ACTION : "urn:vim25/" + facts.apiVersion();
        this.properties = new PropertyReader(this);
        this.keepAlive = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "vsphere-keep-alive");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Logs in. Wrong address, trust or credentials fail here.
     *
     * @param base {@code https://host:port}
     * @param http brings the trust of this connection; stays the caller's
     */
    public static VimConnection open(URI base, HttpClient http, Credentials credentials) {
        VimConnection connection = new VimConnection(http, base, credentials);
        connection.renew(null);
        long period = KEEP_ALIVE.toSeconds();
        connection.keepAlive.scheduleWithFixedDelay(connection::stayAlive, period, period, TimeUnit.SECONDS);
        return connection;
    }

    public ServerFacts facts() {
        return facts;
    }

    /** Host and port, for messages. */
    public String server() {
        return server;
    }

    public URI base() {
        return base;
    }

    public HttpClient http() {
        return http;
    }

    /** The property collector of this session. */
    public PropertyReader properties() {
        return properties;
    }

    /** The calls that change something. */
    public VimActions actions() {
        return new VimActions(this);
    }

    /** A session of the REST API, which has its own; only a vCenter has one. The caller closes it. */
    public RestSession rest() {
        return new RestSession(http, base, server, credentials);
    }

    /** An object that every server has, by its name in the service content: {@code rootFolder}. */
    public Moref service(String name) {
        Moref found = findService(name);
        if (found == null) {
            throw new VmferryException(
                    VsphereError.VSPHERE_NOT_SUPPORTED,
                    server,
                    "it has no " + name,
                    "Look at the connector's page for what needs a vCenter; this may be a single ESXi host.");
        }
        return found;
    }

    public @Nullable Moref findService(String name) {
        return content.ref(name);
    }

    /** {@code name=value} of the session's cookie, for downloads. A secret. */
    public String cookie() {
        String current = cookie;
        if (current == null) {
            throw closedError();
        }
        return current;
    }

    /** Calls a method; the answer's {@code returnval} are children of what comes back. */
    public XmlNode call(String method, Moref self, Consumer<Envelope> arguments) {
        return call(method, self, arguments, CALL_TIMEOUT);
    }

    public XmlNode call(String method, Moref self, Consumer<Envelope> arguments, Duration timeout) {
        return callText(method, self, Envelope.call(method, self, arguments), timeout);
    }

    /** A call whose body is written already. */
    XmlNode callText(String method, Moref self, String body, Duration timeout) {
        if (closed) {
            throw closedError();
        }
        if (!repeatable(method) && System.nanoTime() - lastAnswer > STALE.toNanos()) {
            stayAlive();
        }
        String used = cookie;
        try {
            return checked(method, self, body, used, timeout);
        } catch (VimFault fault) {
            if (!fault.is("NotAuthenticated") || boundToSession(method)) {
                throw fault;
            }
        }
        renew(used);
        return checked(method, self, body, cookie, timeout);
    }

    /**
     * Logs in again, unless somebody else did since.
     *
     * @param stale the cookie that no longer works
     */
    public synchronized void renew(@Nullable String stale) {
        if (closed) {
            throw closedError();
        }
        if (stale != null && !stale.equals(cookie)) {
            return;
        }
        String password = credentials.password().get();
        SoapTransport.Answer answer;
        try {
            answer = login(password);
        } catch (VimFault fault) {
            // The version that the server named itself is refused by some that were updated half-way.
            if (!fault.reason().contains("Unsupported version") || action.equals(OLDEST_ACTION)) {
                throw fault;
            }
            action = OLDEST_ACTION;
            answer = login(password);
        }
        if (answer.cookie() == null) {
            throw new VmferryException(
                    VsphereError.VSPHERE_NOT_SDK,
                    server,
                    "it accepts the login and opens no session",
                    AnswerReader.NOT_SDK_REMEDY);
        }
        sessionKey = answer.node().text("returnval.key", "");
        cookie = answer.cookie();
    }

    /** The server's own name of the session; no secret, it opens nothing. */
    String sessionKey() {
        return sessionKey;
    }

    private SoapTransport.Answer login(String password) {
        return send(
                "Login",
                service("sessionManager"),
                e -> e.text("userName", credentials.user()).text("password", password),
                null,
                CALL_TIMEOUT);
    }

    private SoapTransport.Answer send(
            String method, Moref self, Consumer<Envelope> arguments, @Nullable String with, Duration timeout) {
        return send(method, self, Envelope.call(method, self, arguments), with, timeout);
    }

    private SoapTransport.Answer send(String method, Moref self, String body, @Nullable String with, Duration timeout) {
        SoapTransport.Answer answer = transport.send(
                Envelope.around(body), action, with, "asking for " + method, repeatable(method), timeout);
        lastAnswer = System.nanoTime();
        if (answer.node().name().equals("Fault")) {
            VimFault fault = Faults.ofCall(answer.node(), subject(method, self));
            throw fault.is("InvalidLogin") ? refused(fault, answer.date()) : fault;
        }
        return answer;
    }

    private String subject(String method, Moref self) {
        return method.equals("Login")
                ? credentials.user() + " at " + server
                : server + ": " + method + " of " + self.value();
    }

    /** Single sign-on refuses right passwords when clocks differ, and says nothing of it. */
    private static VmferryException refused(VimFault fault, @Nullable Instant serverTime) {
        Duration ahead = serverTime == null ? Duration.ZERO : Duration.between(Instant.now(), serverTime);
        if (ahead.abs().compareTo(CLOCK_TOLERANCE) < 0) {
            return fault;
        }
        return new VmferryException(
                fault.code(),
                fault.subject(),
                fault.reason() + "; its clock is " + ahead.abs().toMinutes() + " minutes "
                        + (ahead.isNegative() ? "behind" : "ahead of") + " this machine's",
                "Check user and password, and set both clocks right: single sign-on refuses logins when they differ.",
                fault);
    }

    private XmlNode checked(String method, Moref self, String body, @Nullable String with, Duration timeout) {
        XmlNode answer = send(method, self, body, with, timeout).node();
        if (method.contains("RetrieveProperties")) {
            checkSession(answer, subject(method, self), with);
        }
        return answer;
    }

    /** The property collector tells of an ended session object by object, and calls the answer a success. */
    private void checkSession(XmlNode answer, String subject, @Nullable String with) {
        boolean denied = false;
        for (XmlNode missing : missing(answer)) {
            XmlNode fault = missing.at("fault");
            XmlNode typed = missing.at("fault.fault");
            String type = typed == null ? "" : typed.type();
            if (fault != null && type.equals("NotAuthenticated")) {
                throw Faults.inside(fault, subject);
            }
            denied |= type.equals("NoPermission");
        }
        // Without a session some servers say that permission is missing; so does one that really is.
        if (denied && !loggedIn(with)) {
            throw new VimFault(
                    VsphereError.VSPHERE_SESSION_LOST,
                    subject,
                    "the session ended, and a new one was ended as well",
                    "Look whether somebody ends this account's sessions, then run the same command again.",
                    "NotAuthenticated",
                    answer);
        }
    }

    private static List<XmlNode> missing(XmlNode answer) {
        List<XmlNode> pages = answer.each("returnval.objects.missingSet");
        return pages.isEmpty() ? answer.each("returnval.missingSet") : pages;
    }

    private boolean loggedIn(@Nullable String with) {
        XmlNode answer = send(
                        "RetrieveProperties",
                        service("propertyCollector"),
                        e -> PropertyReader.spec(
                                e, List.of(service("sessionManager")), "SessionManager", List.of("currentSession")),
                        with,
                        CALL_TIMEOUT)
                .node();
        return answer.at("returnval.propSet") != null;
    }

    /** Tokens and views die with their session: to ask again with a new one cannot help. */
    private static boolean boundToSession(String method) {
        return method.equals("ContinueRetrievePropertiesEx") || method.equals("Logout");
    }

    private static boolean repeatable(String method) {
        return method.startsWith("Retrieve")
                || method.startsWith("Query")
                || method.startsWith("Has")
                || method.startsWith("CreateContainerView")
                || method.equals("CurrentTime")
                || method.equals("Login")
                || method.equals("HttpNfcLeaseProgress");
    }

    void stayAlive() {
        try {
            if (!closed && System.nanoTime() - lastAnswer > STALE.toNanos()) {
                call("CurrentTime", SERVICE_INSTANCE, e -> {});
            }
        } catch (VmferryException e) {
            // Nobody asked for anything; the next call meets the failure and reports it.
            return;
        }
    }

    private VmferryException closedError() {
        return new VmferryException(
                VsphereError.VSPHERE_CLOSED, server, "the source was closed before", "Report this as a defect.");
    }

    /** Logs out, as far as the server still listens. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        keepAlive.shutdownNow();
        try {
            send("Logout", service("sessionManager"), e -> {}, cookie, LOGOUT_TIMEOUT);
        } catch (VmferryException e) {
            // A session that nobody uses ends by itself.
        } finally {
            cookie = null;
        }
    }
}
