package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which VMs of a server belong to the source.
 *
 * @param datacenters plain names; empty for all
 * @param folders inventory paths or ends of them, {@code /DC/vm/prod} or {@code prod}; what lies below counts; empty for all
 */
public record PlaceFilter(List<String> datacenters, List<String> folders) {
    public static final PlaceFilter ALL = new PlaceFilter(List.of(), List.of());

    public PlaceFilter {
        datacenters = List.copyOf(datacenters);
        folders = List.copyOf(folders);
    }

    boolean takes(XmlNode vm, Surroundings around) {
        if (datacenters.isEmpty() && folders.isEmpty()) {
            return true;
        }
        Moref parent = vm.ref("parent");
        String datacenter = around.datacenterName(parent != null ? parent : vm.ref("runtime.host"));
        return (datacenters.isEmpty() || (datacenter != null && datacenters.contains(datacenter)))
                && (folders.isEmpty() || inFolder(around.path(parent)));
    }

    private boolean inFolder(@Nullable String path) {
        if (path == null || path.isEmpty()) {
            return false;
        }
        String lower = path.toLowerCase(Locale.ROOT) + "/";
        return folders.stream().anyMatch(folder -> {
            String wanted = folder.toLowerCase(Locale.ROOT).replaceAll("/+$", "") + "/";
            return folder.startsWith("/") ? lower.startsWith(wanted) : lower.contains("/" + wanted);
        });
    }
}
