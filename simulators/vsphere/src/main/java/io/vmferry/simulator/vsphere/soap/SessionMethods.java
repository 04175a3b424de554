package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.Node;
import io.vmferry.simulator.vsphere.wire.SoapFault;
import io.vmferry.simulator.vsphere.world.Host;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Logging in and out, tickets, privileges. */
final class SessionMethods {
    private SessionMethods() {}

    static void addTo(Map<String, SoapService.Method> methods) {
        methods.put(
                "RetrieveServiceContent",
                call -> call.returns(ServiceProperties.content(call.scope()), "ServiceContent"));
        methods.put("CurrentTime", call -> {
            call.session();
            call.returns(call.world().clock().now(), "dateTime");
        });
        methods.put("Login", call -> {
            Session session = call.service.sessions().login(call.args.text("userName"), call.args.text("password"));
            call.loggedIn(session);
            call.returns(ServiceProperties.session(session), "UserSession");
        });
        methods.put("Logout", call -> call.service.sessions().logout(call.session()));
        methods.put("SessionIsActive", call -> {
            Session session = call.session();
            boolean active =
                    session.key.equals(call.args.text("sessionID")) && session.user.equals(call.args.text("userName"));
            call.returns(active, "boolean");
        });
        methods.put("TerminateSession", Call::session);
        methods.put("AcquireGenericServiceTicket", SessionMethods::ticket);
        methods.put("HasPrivilegeOnEntities", SessionMethods::privilegesOfSession);
        methods.put("HasPrivilegeOnEntity", call -> {
            call.session();
            call.returns(granted(call, call.args.texts("privId")), "boolean");
        });
        methods.put("HasUserPrivilegeOnEntities", SessionMethods::privilegesOfUser);
        methods.put("FetchUserPrivilegeOnEntities", SessionMethods::allPrivileges);
    }

    /** A ticket for one request to one address, as a cookie of a host takes it. */
    private static void ticket(Call call) {
        call.session();
        Node spec = call.args.child("spec");
        String url = spec == null ? null : spec.text("url");
        if (spec == null || url == null) {
            throw SoapFault.invalidArgument("spec.url");
        }
        String method = spec.text("method");
        String verb = method == null ? "GET" : method.replaceFirst("^http", "").toUpperCase(Locale.ROOT);
        int port = URI.create(url).getPort();
        Host host = call.world().hosts().stream()
                .filter(each -> each.port == port)
                .findFirst()
                .orElse(null);
        Data ticket = Data.of("SessionManagerGenericServiceTicket")
                .set("id", call.service.tickets().issue(url, verb))
                .set("ticketType", "HttpNfcServiceTicket");
        if (host != null) {
            ticket.set("hostName", host.name()).set("sslThumbprint", host.thumbprint);
        }
        call.returns(ticket, "SessionManagerGenericServiceTicket");
    }

    private static List<Boolean> granted(Call call, List<String> privileges) {
        return privileges.stream()
                .map(id -> !call.world().deniedPrivileges.contains(id))
                .toList();
    }

    private static List<MoRef> entities(Call call, String element) {
        List<MoRef> refs = call.args.children(element).stream().map(Node::ref).toList();
        for (MoRef ref : refs) {
            if (call.scope().find(ref) == null) {
                throw SoapFault.notFound(ref);
            }
        }
        return refs;
    }

    private static List<Data> availability(Call call) {
        List<Data> each = new ArrayList<>();
        for (String id : call.args.texts("privId")) {
            each.add(Data.of("PrivilegeAvailability")
                    .set("privId", id)
                    .set("isGranted", !call.world().deniedPrivileges.contains(id)));
        }
        return each;
    }

    private static void privilegesOfSession(Call call) {
        if (!call.session().key.equals(call.args.text("sessionId"))) {
            throw SoapFault.invalidArgument("sessionId");
        }
        privileges(call, "entity");
    }

    private static void privilegesOfUser(Call call) {
        call.session();
        privileges(call, "entities");
    }

    private static void privileges(Call call, String element) {
        List<Data> results = new ArrayList<>();
        for (MoRef ref : entities(call, element)) {
            results.add(Data.of("EntityPrivilege").set("entity", ref).set("privAvailability", availability(call)));
        }
        call.returns(results, "EntityPrivilege");
    }

    private static void allPrivileges(Call call) {
        call.session();
        List<Data> results = new ArrayList<>();
        for (MoRef ref : entities(call, "entities")) {
            List<String> privileges = new ArrayList<>(List.of(
                    "System.Anonymous",
                    "System.View",
                    "System.Read",
                    "VirtualMachine.State.CreateSnapshot",
                    "VirtualMachine.State.RemoveSnapshot",
                    "VirtualMachine.Interact.PowerOn",
                    "VirtualMachine.Interact.PowerOff",
                    "VirtualMachine.Interact.DeviceConnection",
                    "VirtualMachine.Provisioning.DiskRandomRead",
                    "VirtualMachine.Provisioning.GetVmFiles",
                    "VirtualMachine.Config.ChangeTracking",
                    "Datastore.Browse",
                    "Datastore.FileManagement",
                    "VApp.Export"));
            privileges.removeAll(call.world().deniedPrivileges);
            results.add(Data.of("UserPrivilegeResult").set("entity", ref).set("privileges", privileges));
        }
        call.returns(results, "UserPrivilegeResult");
    }
}
