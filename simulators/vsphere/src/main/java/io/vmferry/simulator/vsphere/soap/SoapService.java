package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.http.Endpoint;
import io.vmferry.simulator.vsphere.http.Reply;
import io.vmferry.simulator.vsphere.http.Request;
import io.vmferry.simulator.vsphere.wire.ApiVersion;
import io.vmferry.simulator.vsphere.wire.Node;
import io.vmferry.simulator.vsphere.wire.SoapFault;
import io.vmferry.simulator.vsphere.wire.SoapWriter;
import io.vmferry.simulator.vsphere.world.Host;
import io.vmferry.simulator.vsphere.world.World;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The web service of one endpoint: takes an envelope apart, calls the method, and puts the result or the fault into another
 * one. Methods run under the world's lock, one after the other.
 */
public final class SoapService implements Endpoint.Handler {
    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <soapenv:Envelope xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/"
             xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
             xmlns:xsd="http://www.w3.org/2001/XMLSchema"
             xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            <soapenv:Body>
            """;
    private static final String TAIL = "\n</soapenv:Body>\n</soapenv:Envelope>\n";
    private static final String XML = "text/xml; charset=utf-8";

    private final Scope scope;
    private final Sessions sessions;
    private final Sessions.Tickets tickets;
    private final Map<String, Method> methods = new HashMap<>();

    /** A method of a managed object. */
    interface Method {
        void call(Call call);
    }

    public SoapService(Scope scope, Sessions.Tickets tickets) {
        this.scope = scope;
        this.sessions = new Sessions(scope.world());
        this.tickets = tickets;
        SessionMethods.addTo(methods);
        PropertyMethods.addTo(methods);
        InventoryMethods.addTo(methods);
        VmMethods.addTo(methods);
        DiskMethods.addTo(methods);
    }

    public static Scope vcenter(World world) {
        return new VcenterScope(world);
    }

    public static Scope host(World world, Host host) {
        return new HostScope(world, host);
    }

    Scope scope() {
        return scope;
    }

    public Sessions sessions() {
        return sessions;
    }

    Sessions.Tickets tickets() {
        return tickets;
    }

    @Override
    public Reply handle(Request request) throws IOException {
        if (request.path().equals("/sdk/vimServiceVersions.xml")) {
            return Reply.text(200, XML, versions());
        }
        ApiVersion version = ApiVersion.ofAction(request.header("SOAPAction"));
        ApiVersion newest = ApiVersion.parse(scope.world().apiVersion);
        Node call;
        try {
            Node envelope = Node.parse(request.body());
            Node body = envelope.child("Body");
            call = body == null || body.children().isEmpty()
                    ? null
                    : body.children().get(0);
        } catch (XMLStreamException e) {
            call = null;
        }
        if (call == null) {
            return fault(new SoapWriter(newest), new SoapFault("InvalidRequest", "The request is no SOAP call."));
        }
        SoapWriter out = new SoapWriter(version == null ? newest : version);
        if (version == null || version.compareTo(newest) > 0) {
            String asked = String.valueOf(request.header("SOAPAction")).replace("\"", "");
            return fault(out, new SoapFault("InvalidRequest", "Unsupported version URI \"" + asked + "\""));
        }
        return call(call, out, request.cookie(Sessions.COOKIE));
    }

    private Reply call(Node node, SoapWriter out, @Nullable String cookie) {
        Method method = methods.get(node.name());
        try {
            out.raw(HEAD).raw("<" + node.name() + "Response xmlns=\"urn:vim25\">");
            if (method == null) {
                throw new SoapFault("InvalidRequest", "Unable to resolve WSDL method name " + node.name());
            }
            Call call;
            World world = scope.world();
            synchronized (world) {
                world.tick();
                call = new Call(this, node, out, sessions.find(cookie));
                method.call(call);
                world.changed();
            }
            Reply reply = Reply.text(
                    200, XML, out.close(node.name() + "Response").raw(TAIL).toString());
            String made = call.newCookie();
            return made == null
                    ? reply
                    : reply.with("Set-Cookie", Sessions.COOKIE + "=\"" + made + "\"; Path=/; HttpOnly; Secure; ");
        } catch (SoapFault fault) {
            return fault(new SoapWriter(out.version()), fault);
        } catch (RuntimeException e) {
            // Arguments that are no number, or a mistake of the simulator: both should be seen, not end the connection.
            String reason = "A general system error occurred: " + e.getMessage();
            return fault(new SoapWriter(out.version()), new SoapFault("SystemError", reason));
        }
    }

    private static Reply fault(SoapWriter out, SoapFault fault) {
        out.raw(HEAD).open("soapenv:Fault").text("faultcode", "ServerFaultCode");
        out.text("faultstring", fault.message()).open("detail");
        out.fault(fault.detail());
        String text = out.close("detail").close("soapenv:Fault").raw(TAIL).toString();
        return Reply.text(500, XML, text);
    }

    private String versions() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<namespaces version=\"1.0\">\n <namespace>\n"
                + "  <name>urn:vim25</name>\n  <version>" + scope.world().apiVersion + "</version>\n  <priorVersions>\n"
                + "   <version>8.0.2.0</version>\n   <version>8.0.1.0</version>\n   <version>8.0.0.1</version>\n"
                + "   <version>7.0.3.0</version>\n   <version>7.0</version>\n   <version>6.7</version>\n"
                + "   <version>6.5</version>\n   <version>6.0</version>\n  </priorVersions>\n </namespace>\n</namespaces>\n";
    }
}
