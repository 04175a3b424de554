package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.world.Host;
import io.vmferry.simulator.vsphere.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The objects that every endpoint has once: the service itself and its managers. */
final class ServiceProperties {
    static final MoRef SERVICE = new MoRef("ServiceInstance", "ServiceInstance");

    private ServiceProperties() {}

    static @Nullable MoRef manager(Scope scope, String type) {
        boolean vcenter = scope.host() == null;
        return switch (type) {
            case "PropertyCollector" -> new MoRef(type, vcenter ? "propertyCollector" : "ha-property-collector");
            case "ViewManager" -> new MoRef(type, "ViewManager");
            case "SessionManager" -> new MoRef(type, vcenter ? "SessionManager" : "ha-sessionmgr");
            case "AuthorizationManager" -> new MoRef(type, vcenter ? "AuthorizationManager" : "ha-authmgr");
            case "CustomFieldsManager" -> vcenter ? new MoRef(type, "CustomFieldsManager") : null;
            case "SearchIndex" -> new MoRef(type, vcenter ? "SearchIndex" : "ha-searchindex");
            case "TaskManager" -> new MoRef(type, vcenter ? "TaskManager" : "ha-taskmgr");
            default -> null;
        };
    }

    static Managed.@Nullable Source find(MoRef ref, Scope scope, @Nullable Session session) {
        if (ref.equals(SERVICE)) {
            return name -> switch (name) {
                case "content" -> content(scope);
                case "serverClock" -> scope.world().clock().now();
                default -> null;
            };
        }
        if (!ref.equals(manager(scope, ref.type()))) {
            return null;
        }
        return name -> switch (ref.type() + "." + name) {
            case "SessionManager.currentSession" -> session == null ? null : session(session);
            case "SessionManager.defaultLocale" -> "en";
            case "CustomFieldsManager.field" -> customFields(scope);
            case "TaskManager.maxCollector" -> 32;
            default -> null;
        };
    }

    static Data content(Scope scope) {
        Data content = Data.of("ServiceContent").set("rootFolder", scope.ref(scope.world().root));
        content.set("about", about(scope));
        for (String type : List.of(
                "PropertyCollector",
                "ViewManager",
                "SessionManager",
                "AuthorizationManager",
                "CustomFieldsManager",
                "SearchIndex",
                "TaskManager")) {
            String field = Character.toLowerCase(type.charAt(0)) + type.substring(1);
            content.set(field, manager(scope, type));
        }
        return content;
    }

    static Data about(Scope scope) {
        World world = scope.world();
        Host host = scope.host();
        Data about = host == null
                ? Data.of("AboutInfo")
                        .set("name", "VMware vCenter Server")
                        .set("version", world.version)
                        .set("build", world.build)
                        .set("osType", "linux-x64")
                        .set("productLineId", "vpx")
                        .set("apiType", "VirtualCenter")
                        .set("instanceUuid", world.instanceUuid)
                        .set("licenseProductName", "VMware VirtualCenter Server")
                : HostProperties.product(host).set("apiType", "HostAgent");
        return about.set("fullName", about.get("name") + " " + about.get("version") + " build-" + about.get("build"))
                .set("vendor", "VMware, Inc.")
                .set("localeVersion", "INTL")
                .set("localeBuild", "000")
                .set("apiVersion", world.apiVersion)
                .set("licenseProductVersion", "8.0");
    }

    static Data session(Session session) {
        return Data.of("UserSession")
                .set("key", session.key)
                .set("userName", session.user)
                .set("fullName", session.user)
                .set("loginTime", session.login)
                .set("lastActiveTime", session.lastActive)
                .set("locale", "en")
                .set("messageLocale", "en")
                .set("extensionSession", false);
    }

    /** Names of all custom attributes in use, in an order that stays. */
    private static List<String> attributes(Scope scope) {
        TreeSet<String> names = new TreeSet<>();
        scope.world().entities().forEach(entity -> names.addAll(entity.attributes.keySet()));
        return List.copyOf(names);
    }

    static int fieldKey(String attribute, Scope scope) {
        return scope.world().attributeKey(attribute);
    }

    static List<Data> customFields(Scope scope) {
        List<Data> fields = new ArrayList<>();
        for (String name : attributes(scope)) {
            fields.add(Data.of("CustomFieldDef")
                    .set("key", fieldKey(name, scope))
                    .set("name", name)
                    .set("type", "string")
                    .set("managedObjectType", "VirtualMachine"));
        }
        return fields;
    }
}
