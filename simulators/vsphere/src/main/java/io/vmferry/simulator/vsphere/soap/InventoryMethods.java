package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.Node;
import io.vmferry.simulator.vsphere.wire.SoapFault;
import io.vmferry.simulator.vsphere.world.Datastore;
import io.vmferry.simulator.vsphere.world.DatastoreFiles;
import io.vmferry.simulator.vsphere.world.Entity;
import io.vmferry.simulator.vsphere.world.Pool;
import io.vmferry.simulator.vsphere.world.Vm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Views of the inventory, searching it, and listing datastores. */
final class InventoryMethods {
    private InventoryMethods() {}

    static void addTo(Map<String, SoapService.Method> methods) {
        methods.put("CreateContainerView", InventoryMethods::createView);
        methods.put("DestroyView", call -> {
            if (call.session().views.remove(call.self.id()) == null) {
                throw SoapFault.notFound(call.self);
            }
        });
        methods.put("FindByUuid", call -> {
            String uuid = call.text("uuid");
            boolean instance = call.args.flag("instanceUuid");
            find(call, vm -> uuid.equalsIgnoreCase(instance ? vm.instanceUuid() : vm.biosUuid()));
        });
        methods.put("FindByInventoryPath", call -> {
            String path = call.text("inventoryPath").replaceFirst("^/", "");
            call.session();
            for (Entity entity : call.world().entities()) {
                if (call.scope().sees(entity)
                        && entity.parent() != null
                        && entity.path().equals(path)) {
                    call.returns(call.scope().ref(entity));
                    return;
                }
            }
        });
        methods.put("SearchDatastore_Task", call -> search(call, false));
        methods.put("SearchDatastoreSubFolders_Task", call -> search(call, true));
    }

    private static void createView(Call call) {
        MoRef container = call.args.ref("container");
        Entity entity = call.entity(container, Entity.class);
        MoRef ref = call.session().newRef("ContainerView");
        call.session()
                .views
                .put(ref.id(), new Session.View(entity, call.args.texts("type"), call.args.flag("recursive")));
        call.returns(ref);
    }

    /** The objects that a view shows. */
    static List<MoRef> content(Session.View view, Scope scope) {
        List<MoRef> found = new ArrayList<>();
        collect(view.container(), view, scope, found);
        return found;
    }

    private static void collect(Entity container, Session.View view, Scope scope, List<MoRef> found) {
        List<Entity> children = new ArrayList<>(scope.children(container));
        if (container instanceof Pool pool) {
            // Machines hang below their folder too; a view of a pool shows those that run in it.
            children.addAll(view.container() == container ? pool.vms : List.of());
        }
        for (Entity child : children) {
            MoRef ref = scope.ref(child);
            if (view.types().isEmpty() || view.types().stream().anyMatch(type -> Managed.isA(ref.type(), type))) {
                found.add(ref);
            }
            if (view.recursive()) {
                collect(child, view, scope, found);
            }
        }
    }

    private static void find(Call call, Predicate<Vm> wanted) {
        call.session();
        call.world().vms().stream()
                .filter(call.scope()::sees)
                .filter(wanted)
                .findFirst()
                .ifPresent(vm -> call.returns(call.scope().ref(vm)));
    }

    /** Browsers have no place in the inventory; their identifiers lead to the datastore. */
    static MoRef browser(Datastore store) {
        return new MoRef("HostDatastoreBrowser", "datastoreBrowser-" + store.id());
    }

    private static void search(Call call, boolean below) {
        call.require("Datastore.Browse");
        String path = call.text("datastorePath");
        Datastore store = call.world().entities().stream()
                .filter(Datastore.class::isInstance)
                .map(Datastore.class::cast)
                .filter(each -> browser(each).equals(call.self))
                .findFirst()
                .orElseThrow(() -> SoapFault.notFound(call.self));
        String prefix = "[" + store.name() + "]";
        if (!path.startsWith(prefix)) {
            throw new SoapFault(
                    Data.of("InvalidDatastorePath").set("datastorePath", path),
                    "Invalid datastore path '" + path + "'.");
        }
        String folder = path.substring(prefix.length()).trim().replaceFirst("/$", "");
        Node spec = call.args.child("searchSpec");
        List<String> patterns = spec == null ? List.of() : spec.texts("matchPattern");
        Scope scope = call.scope();
        call.returns(call.world()
                .task(store, "datastore.browser.search", () -> results(store, folder, below, patterns, scope)));
    }

    private static Object results(Datastore store, String folder, boolean below, List<String> patterns, Scope scope) {
        List<Data> found = new ArrayList<>();
        DatastoreFiles.folders(store).forEach((name, vm) -> {
            boolean inside = folder.isEmpty() ? below : name.equals(folder);
            List<Data> files = new ArrayList<>();
            for (DatastoreFiles.Listed file :
                    inside ? DatastoreFiles.list(vm, store) : List.<DatastoreFiles.Listed>of()) {
                String plain = file.path().substring(name.length() + 1);
                if (patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(plain, pattern))) {
                    files.add(Data.of(file.disk() ? "VmDiskFileInfo" : "FileInfo")
                            .set("path", plain)
                            .set("fileSize", file.size()));
                }
            }
            if (inside) {
                found.add(Data.of("HostDatastoreBrowserSearchResults")
                        .set("datastore", scope.ref(store))
                        .set("folderPath", "[" + store.name() + "] " + name + "/")
                        .set("file", files));
            }
        });
        if (found.isEmpty() && !folder.isEmpty()) {
            throw new SoapFault(
                    Data.of("FileNotFound").set("file", "[" + store.name() + "] " + folder),
                    "File [" + store.name() + "] " + folder + " was not found");
        }
        return below ? found : found.isEmpty() ? emptyResult(store, scope) : found.get(0);
    }

    private static Data emptyResult(Datastore store, Scope scope) {
        return Data.of("HostDatastoreBrowserSearchResults")
                .set("datastore", scope.ref(store))
                .set("folderPath", "[" + store.name() + "]");
    }

    /** Patterns know {@code *} and {@code ?} only. */
    private static boolean matches(String name, @Nullable String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char c : String.valueOf(pattern).toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return name.matches(regex.toString());
    }
}
