package io.vmferry.vmware.files.ovf;

import static io.vmferry.vmware.files.ovf.OvfNumbers.invalid;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Notice;
import io.vmferry.vmware.files.FilesError;
import io.vmferry.vmware.files.ovf.OvfDocument.Configuration;
import io.vmferry.vmware.files.ovf.OvfDocument.DiskRef;
import io.vmferry.vmware.files.ovf.OvfDocument.FileRef;
import io.vmferry.vmware.files.ovf.OvfDocument.VirtualSystem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a descriptor of OVF 1.x or 2.x (DSP0243) into an {@link OvfDocument}. One use. */
public final class OvfReader {
    /** How large a descriptor may be, bytes. */
    public static final int MAX_BYTES = OvfXml.MAX_BYTES;

    private static final String ENVELOPE = "http://schemas.dmtf.org/ovf/envelope/";
    private static final String OVIRT = "http://www.ovirt.org/ovf";
    private static final Set<String> READ_ELSEWHERE =
            Set.of("References", "DiskSection", "NetworkSection", "DeploymentOptionSection", "StorageGroupSection");
    /** Sections that say nothing about the VM itself. */
    private static final Set<String> HARMLESS = Set.of("EulaSection", "Strings", "Info", "Name", "AnnotationSection");

    private final String file;
    private final Map<String, FileRef> files = new LinkedHashMap<>();
    private final Map<String, DiskRef> disks = new LinkedHashMap<>();
    private final List<String> networks = new ArrayList<>();
    private final Map<String, String> storageGroups = new LinkedHashMap<>();
    private final List<Configuration> configurations = new ArrayList<>();
    private final List<VirtualSystem> systems = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();

    private OvfReader(String file) {
        this.file = file;
    }

    /**
     * Reads a descriptor.
     *
     * @param file name for messages
     * @param bytes at most {@link #MAX_BYTES}
     */
    public static OvfDocument read(String file, byte[] bytes) {
        return new OvfReader(file).document(OvfXml.parse(file, bytes));
    }

    private OvfDocument document(OvfXml.Document xml) {
        XmlElement root = xml.root();
        if (!root.is("Envelope") || !root.namespace().startsWith(ENVELOPE)) {
            throw new VmferryException(
                    FilesError.OVF_UNSUPPORTED,
                    OvfXml.at(file, root.line()),
                    "its root is <" + root.name() + "> of \"" + root.namespace()
                            + "\" and not an envelope of OVF 1 or 2",
                    "Export the VM as OVF 1.0 or later.");
        }
        if (xml.namespaces().contains(OVIRT) || xml.namespaces().contains(OVIRT + "/")) {
            // Its own vocabulary in the same envelope; facts that we would take for VMware's would be wrong.
            return new OvfDocument(file, files, disks, networks, storageGroups, configurations, systems, true, notices);
        }
        root.children("References").forEach(section -> section.children("File").forEach(this::file));
        root.children("DiskSection").forEach(section -> section.children("Disk").forEach(this::disk));
        for (XmlElement section : root.children("NetworkSection")) {
            section.children("Network").forEach(n -> n.attr("name").ifPresent(networks::add));
        }
        for (XmlElement group : root.children("StorageGroupSection")) {
            group.vmwAttr("id")
                    .ifPresent(id -> storageGroups.put(id, group.vmwAttr("name").orElse(id)));
        }
        for (XmlElement section : root.children("DeploymentOptionSection")) {
            for (XmlElement option : section.children("Configuration")) {
                option.attr("id")
                        .ifPresent(id -> configurations.add(new Configuration(
                                id,
                                option.attr("default").filter("true"::equals).isPresent())));
            }
        }
        content(root);
        if (systems.isEmpty()) {
            throw invalid(file, root.line(), "it describes no virtual system");
        }
        return new OvfDocument(file, files, disks, networks, storageGroups, configurations, systems, false, notices);
    }

    /** Depth is bounded by the parser. */
    private void content(XmlElement parent) {
        for (XmlElement child : parent.children()) {
            if (child.is("VirtualSystem")) {
                systems.add(new VirtualSystemReader(file).read(child));
            } else if (child.is("VirtualSystemCollection")) {
                content(child);
            } else if (child.is("StartupSection")) {
                notices.add(new Notice(
                        "files.ovf.startup-order",
                        OvfXml.at(file, child.line()),
                        "the order in which the VMs of this package start is not carried over"));
            } else if (!READ_ELSEWHERE.contains(child.name()) && !HARMLESS.contains(child.name())) {
                notices.add(unknownSection(file, child));
            }
        }
    }

    static Notice unknownSection(String file, XmlElement section) {
        boolean required = !section.attr("required").filter("false"::equals).isPresent();
        return new Notice(
                "files.ovf.unknown-section",
                OvfXml.at(file, section.line()),
                "the section <" + section.name() + "> is not read"
                        + (required ? ", although the descriptor does not mark it as optional" : ""));
    }

    private void file(XmlElement element) {
        String id = required(element, "id");
        FileRef ref = new FileRef(
                id,
                required(element, "href"),
                number(element, "size"),
                element.attr("compression").filter(c -> !c.equals("identity")).orElse(""),
                number(element, "chunkSize"),
                element.line());
        if (files.putIfAbsent(id, ref) != null) {
            throw invalid(file, element.line(), "two files have the id \"" + id + "\"");
        }
    }

    private void disk(XmlElement element) {
        String id = required(element, "diskId");
        long capacity = OvfNumbers.bytes(
                file,
                element.line(),
                "the capacity of disk \"" + id + "\"",
                required(element, "capacity"),
                element.attr("capacityAllocationUnits").orElse("byte"));
        DiskRef ref = new DiskRef(
                id,
                element.attr("fileRef").filter(r -> !r.isEmpty()).orElse(null),
                capacity,
                number(element, "populatedSize"),
                element.attr("format").orElse(""),
                element.attr("parentRef").filter(r -> !r.isEmpty()).orElse(null),
                element.line());
        if (disks.putIfAbsent(id, ref) != null) {
            throw invalid(file, element.line(), "two disks have the id \"" + id + "\"");
        }
    }

    private String required(XmlElement element, String attribute) {
        return element.attr(attribute)
                .filter(v -> !v.isEmpty())
                .orElseThrow(() -> invalid(
                        file, element.line(), "<" + element.name() + "> has no attribute \"" + attribute + "\""));
    }

    private @Nullable Long number(XmlElement element, String attribute) {
        return element.attr(attribute)
                .map(v -> OvfNumbers.bytes(file, element.line(), attribute, v))
                .orElse(null);
    }
}
