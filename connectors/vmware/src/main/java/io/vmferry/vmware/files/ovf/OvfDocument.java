package io.vmferry.vmware.files.ovf;

import io.vmferry.spi.model.Notice;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a descriptor says, in no hypervisor's dialect yet. A dialect ({@link VmwareDialect}) turns it into VMs.
 *
 * @param file name of the descriptor, for messages
 * @param files by id
 * @param disks by id
 * @param networks names that the descriptor declares
 * @param storageGroups names of VMware's storage policies by group id
 * @param ovirt written by oVirt
 * @param notices about the document as a whole
 */
public record OvfDocument(
        String file,
        Map<String, FileRef> files,
        Map<String, DiskRef> disks,
        List<String> networks,
        Map<String, String> storageGroups,
        List<Configuration> configurations,
        List<VirtualSystem> systems,
        boolean ovirt,
        List<Notice> notices) {
    public OvfDocument {
        files = ordered(files);
        disks = ordered(disks);
        networks = List.copyOf(networks);
        storageGroups = ordered(storageGroups);
        configurations = List.copyOf(configurations);
        systems = List.copyOf(systems);
        notices = List.copyOf(notices);
    }

    /**
     * {@code References/File}.
     *
     * @param size bytes of all chunks together; null not given
     * @param compression {@code gzip}; empty none
     * @param chunkSize bytes of every chunk but the last; null one file
     */
    public record FileRef(
            String id,
            String href,
            @Nullable Long size,
            String compression,
            @Nullable Long chunkSize,
            int line) {}

    /**
     * {@code DiskSection/Disk}.
     *
     * @param fileRef id of its file; null an empty disk
     * @param format URI; empty not given
     * @param populatedBytes null not given
     */
    public record DiskRef(
            String id,
            @Nullable String fileRef,
            long capacityBytes,
            @Nullable Long populatedBytes,
            String format,
            @Nullable String parentRef,
            int line) {}

    /** {@code DeploymentOptionSection/Configuration}. */
    public record Configuration(String id, boolean byDefault) {}

    /**
     * {@code VirtualSystem}.
     *
     * @param id unique in the document; empty not given
     * @param name for people
     * @param cimOs number of the operating system in CIM; 0 not given
     * @param osType VMware's guest id; empty not given
     * @param hardware {@code VirtualSystemType}: {@code vmx-19}
     * @param config VMware's configuration keys
     * @param extraConfig VMware's advanced settings
     * @param bootOrder devices in the order in which they are tried
     * @param properties keys of the settings that the guest reads at first boot; never their values, which may be secrets
     */
    public record VirtualSystem(
            String id,
            String name,
            int cimOs,
            String osType,
            String osDescription,
            String hardware,
            List<HardwareItem> items,
            Map<String, String> config,
            Map<String, String> extraConfig,
            List<BootDevice> bootOrder,
            String annotation,
            String product,
            List<String> properties,
            List<Notice> notices) {
        public VirtualSystem {
            items = List.copyOf(items);
            config = ordered(config);
            extraConfig = ordered(extraConfig);
            bootOrder = List.copyOf(bootOrder);
            properties = List.copyOf(properties);
            notices = List.copyOf(notices);
        }
    }

    /** {@code vmw:BootOrderSection}: an item by its instance id, or a whole kind of device. */
    public record BootDevice(String instanceId, String type) {}

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
