package io.vmferry.simulator.vsphere;

import io.vmferry.simulator.vsphere.http.Endpoint;
import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.Node;
import io.vmferry.simulator.vsphere.world.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Speaks plain HTTP and SOAP to a simulator and trusts its authority: what a client without any library would do. */
final class RawClient {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    final HttpClient http;
    private final URI base;
    private final MoRef rootFolder;
    private final MoRef collector;
    private final MoRef viewManager;
    private final MoRef sessionManager;
    String version = "8.0.3.0";
    String cookie = "";

    RawClient(VsphereSimulator simulator, Endpoint endpoint) {
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(simulator.caPem()))
                .build();
        base = endpoint.uri();
        Node content = call("RetrieveServiceContent", new MoRef("ServiceInstance", "ServiceInstance"), "")
                .children("returnval")
                .get(0);
        rootFolder = ref(content, "rootFolder");
        collector = ref(content, "propertyCollector");
        viewManager = ref(content, "viewManager");
        sessionManager = ref(content, "sessionManager");
    }

    static RawClient loggedIn(VsphereSimulator simulator) {
        return loggedIn(simulator, simulator.vcenter());
    }

    static RawClient loggedIn(VsphereSimulator simulator, Endpoint endpoint) {
        RawClient client = new RawClient(simulator, endpoint);
        client.login(World.USER, World.PASSWORD);
        return client;
    }

    Node login(String user, String password) {
        return call("Login", sessionManager, "<userName>" + user + "</userName><password>" + password + "</password>");
    }

    static SSLContext trusting(String pem) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "ca",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    static MoRef ref(Node node, String child) {
        MoRef ref = node.ref(child);
        if (ref == null) {
            throw new AssertionError("no " + child);
        }
        return ref;
    }

    MoRef rootFolder() {
        return rootFolder;
    }

    MoRef collector() {
        return collector;
    }

    MoRef sessionManager() {
        return sessionManager;
    }

    HttpResponse<byte[]> get(String target, String... headers) {
        return send(request(target, headers).GET());
    }

    HttpRequest.Builder request(String target, String... headers) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + target)).timeout(PATIENCE);
        if (!cookie.isEmpty()) {
            builder.header("Cookie", cookie);
        }
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return trySend(request);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<byte[]> trySend(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<byte[]> post(String method, MoRef self, String arguments) {
        String envelope = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope"
                + " xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body><" + method
                + " xmlns=\"urn:vim25\">" + xml("_this", self) + arguments + "</" + method
                + "></soapenv:Body></soapenv:Envelope>";
        return send(request("/sdk", "SOAPAction", "urn:vim25/" + version, "Content-Type", "text/xml; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(envelope)));
    }

    /** The response element of a call that must not fail. */
    Node call(String method, MoRef self, String arguments) {
        HttpResponse<byte[]> response = post(method, self, arguments);
        response.headers().firstValue("Set-Cookie").ifPresent(value -> cookie = value.replaceFirst(";.*", ""));
        if (response.statusCode() != 200) {
            throw new AssertionError(method + ": " + new String(response.body(), StandardCharsets.UTF_8));
        }
        return body(response).children().get(0);
    }

    /** The typed fault of a call that must fail. */
    Node fault(String method, MoRef self, String arguments) {
        HttpResponse<byte[]> response = post(method, self, arguments);
        if (response.statusCode() != 500) {
            throw new AssertionError(method + " gave " + response.statusCode());
        }
        return child(body(response).children().get(0), "detail").children().get(0);
    }

    String faultType(String method, MoRef self, String arguments) {
        return String.valueOf(fault(method, self, arguments).xsiType());
    }

    private static Node body(HttpResponse<byte[]> response) {
        try {
            return child(Node.parse(new ByteArrayInputStream(response.body())), "Body");
        } catch (XMLStreamException e) {
            throw new AssertionError(new String(response.body(), StandardCharsets.UTF_8), e);
        }
    }

    static Node child(Node node, String... path) {
        Node at = node;
        for (String name : path) {
            Node next = at.child(name);
            if (next == null) {
                throw new AssertionError("no " + name + " in " + at.name());
            }
            at = next;
        }
        return at;
    }

    static String xml(String element, MoRef ref) {
        return "<" + element + " type=\"" + ref.type() + "\">" + ref.id() + "</" + element + ">";
    }

    MoRef view(String type) {
        return child(
                        call(
                                "CreateContainerView",
                                viewManager,
                                xml("container", rootFolder) + "<type>" + type + "</type><recursive>true</recursive>"),
                        "returnval")
                .ref();
    }

    static String viewSpec(MoRef view, String type, String... paths) {
        return spec(type, paths) + "<objectSet>" + xml("obj", view) + "<skip>true</skip>"
                + "<selectSet xsi:type=\"TraversalSpec\"><name>v</name><type>ContainerView</type><path>view</path>"
                + "<skip>false</skip></selectSet></objectSet></specSet>";
    }

    static String objectSpec(MoRef object, String... paths) {
        return spec(object.type(), paths) + "<objectSet>" + xml("obj", object) + "</objectSet></specSet>";
    }

    private static String spec(String type, String... paths) {
        return "<specSet><propSet><type>" + type + "</type><pathSet>" + String.join("</pathSet><pathSet>", paths)
                + "</pathSet></propSet>";
    }

    /** Properties of one object by path; what is missing is missing. */
    Map<String, Node> properties(MoRef object, String... paths) {
        Node result = call("RetrievePropertiesEx", collector, objectSpec(object, paths) + "<options></options>");
        return properties(child(result, "returnval", "objects"));
    }

    static Map<String, Node> properties(Node object) {
        Map<String, Node> properties = new TreeMap<>();
        for (Node set : object.children("propSet")) {
            properties.put(String.valueOf(set.text("name")), child(set, "val"));
        }
        return properties;
    }

    /** All objects of a type with properties, in pages. */
    List<Node> all(String type, int page, String... paths) {
        List<Node> objects = new ArrayList<>();
        pages(type, page, objects::addAll, paths);
        return objects;
    }

    /** How many there are, without keeping them. */
    long count(String type, int page, String... paths) {
        AtomicLong count = new AtomicLong();
        pages(type, page, objects -> count.addAndGet(objects.size()), paths);
        return count.get();
    }

    private void pages(String type, int page, Consumer<List<Node>> taker, String... paths) {
        Node result = call(
                "RetrievePropertiesEx",
                collector,
                viewSpec(view(type), type, paths) + "<options><maxObjects>" + page + "</maxObjects></options>");
        while (true) {
            @Nullable Node value = result.child("returnval");
            if (value == null) {
                return;
            }
            taker.accept(value.children("objects"));
            String token = value.text("token");
            if (token == null) {
                return;
            }
            result = call("ContinueRetrievePropertiesEx", collector, "<token>" + token + "</token>");
        }
    }

    /** Runs a task to its end and gives its info. */
    Node task(String method, MoRef self, String arguments) {
        MoRef task = child(call(method, self, arguments), "returnval").ref();
        for (int i = 0; i < 1000; i++) {
            Node info = properties(task, "info").get("info");
            if (info != null && !"running".equals(info.text("state"))) {
                return info;
            }
        }
        throw new AssertionError("the task does not end");
    }
}
