package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.Described;
import io.vmferry.vmware.vsphere.VsphereError;
import io.vmferry.vmware.vsphere.client.ManagedObject;
import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.PropertyReader;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists VMs and describes them, page by page. Safe for many threads. */
public final class VmReader {
    private static final int PAGE = PropertyReader.PAGE;

    private final VimConnection connection;
    private final String source;
    private final PlaceFilter filter;
    private volatile @Nullable Surroundings surroundings;

    /** @param source name of the source, for references */
    public VmReader(VimConnection connection, String source, PlaceFilter filter) {
        this.connection = connection;
        this.source = source;
        this.filter = filter;
    }

    /** What is around the VMs, read once; {@link #list} reads it anew. */
    public Surroundings surroundings() {
        Surroundings known = surroundings;
        if (known == null) {
            synchronized (this) {
                known = surroundings;
                if (known == null) {
                    known = refresh();
                }
            }
        }
        return known;
    }

    private Surroundings refresh() {
        Surroundings read = new SurroundingsReader(connection).read();
        surroundings = read;
        return read;
    }

    /** All VMs that the filter lets through; the caller closes the stream. */
    public Stream<VmRef> list() {
        Surroundings around = refresh();
        return connection
                .properties()
                .all("VirtualMachine", VmPaths.LIST)
                .filter(vm -> !vm.gone() && filter.takes(vm.properties(), around))
                .map(vm -> reference(vm, vm.ref().value()));
    }

    private VmRef reference(ManagedObject vm, String otherwise) {
        XmlNode properties = vm.properties();
        return new VmRef(
                source,
                VmKey.of(vm.ref(), properties.text("config.instanceUuid", "")).text(),
                EntityName.plain(properties.text("name", otherwise)));
    }

    public Vm describe(VmRef ref) {
        Described described = page(List.of(ref)).get(0);
        if (described instanceof Described.Failed failed) {
            throw failed.reason();
        }
        return ((Described.Full) described).vm();
    }

    /** In the order asked for, a page a request. */
    public Stream<Described> describe(List<VmRef> refs) {
        int pages = (refs.size() + PAGE - 1) / PAGE;
        return IntStream.range(0, pages)
                .mapToObj(i -> refs.subList(i * PAGE, Math.min(refs.size(), (i + 1) * PAGE)))
                .flatMap(some -> page(some).stream());
    }

    private List<Described> page(List<VmRef> refs) {
        Set<Moref> asked = new LinkedHashSet<>();
        for (VmRef ref : refs) {
            if (ref.source().equals(source)) {
                VmKey.parse(ref).ifPresent(key -> asked.add(key.vm()));
            }
        }
        Surroundings around = surroundings();
        Map<Moref, ManagedObject> found = new HashMap<>();
        for (ManagedObject object : connection.properties().read(List.copyOf(asked), VmPaths.FULL)) {
            found.put(object.ref(), object);
        }
        Map<Moref, List<String>> lacking = lacking(found.values());
        List<Described> described = new ArrayList<>(refs.size());
        for (VmRef ref : refs) {
            try {
                described.add(new Described.Full(map(ref, found, around, lacking)));
            } catch (VmferryException e) {
                described.add(new Described.Failed(ref, e));
            }
        }
        return described;
    }

    /** Of VMs that have a configuration: without one, nothing can be done to them anyway. */
    private Map<Moref, List<String>> lacking(Collection<ManagedObject> vms) {
        Set<Moref> asked = new LinkedHashSet<>();
        Set<Moref> datastores = new LinkedHashSet<>();
        for (ManagedObject vm : vms) {
            if (vm.properties().at("config.hardware") != null) {
                asked.add(vm.ref());
                datastores.addAll(VmMapping.datastores(vm.properties()));
            }
        }
        return new PrivilegeCheck(connection).lacking(asked, datastores);
    }

    private Vm map(VmRef ref, Map<Moref, ManagedObject> found, Surroundings around, Map<Moref, List<String>> lacking) {
        VmKey key = ref.source().equals(source) ? VmKey.parse(ref).orElse(null) : null;
        ManagedObject object = key == null ? null : found.get(key.vm());
        if (key == null || object == null || object.gone() || isAnother(key, object)) {
            throw new VmferryException(
                    VsphereError.VSPHERE_VM_UNKNOWN,
                    ref.name() + " (" + ref.key() + ")",
                    "source \"" + source + "\" has no such VM, or no longer",
                    "Look at the inventory; the VM may have been removed or registered anew. Then make the plan again.");
        }
        // The name of today, since the one of the plan may be old.
        VmRef current = new VmRef(
                source, ref.key(), EntityName.plain(object.properties().text("name", ref.name())));
        return new VmMapping(object, current, around, lacking).vm();
    }

    /** After a VM was unregistered, an ESXi host gives its id to another. */
    private static boolean isAnother(VmKey key, ManagedObject object) {
        String uuid = object.properties().text("config.instanceUuid");
        return uuid != null && !key.instanceUuid().isEmpty() && !uuid.equals(key.instanceUuid());
    }
}
