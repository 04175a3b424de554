package io.vmferry.vmware.files.ovf;

import io.vmferry.spi.model.Notice;
import io.vmferry.vmware.files.ovf.OvfDocument.BootDevice;
import io.vmferry.vmware.files.ovf.OvfDocument.VirtualSystem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one {@code VirtualSystem} of a descriptor. One use. */
final class VirtualSystemReader {
    private static final Set<String> ITEMS = Set.of("Item", "StorageItem", "EthernetPortItem");
    /** The fields of CIM's settings that are read; the rest (weights, reservations) is the old cluster's business. */
    private static final Set<String> FIELDS = Set.of(
            "Address",
            "AddressOnParent",
            "AllocationUnits",
            "AutomaticAllocation",
            "Caption",
            "CoresPerSocket",
            "Description",
            "ElementName",
            "HostResource",
            "InstanceID",
            "Parent",
            "ResourceSubType",
            "StorageGroup",
            "VirtualQuantity");

    private final String file;
    private final List<HardwareItem> items = new ArrayList<>();
    private final Map<String, String> config = new LinkedHashMap<>();
    private final Map<String, String> extraConfig = new LinkedHashMap<>();
    private final List<BootDevice> bootOrder = new ArrayList<>();
    private final List<String> properties = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private String osType = "";
    private int cimOs;
    private String osDescription = "";
    private String hardware = "";
    private String annotation = "";
    private String product = "";

    VirtualSystemReader(String file) {
        this.file = file;
    }

    VirtualSystem read(XmlElement system) {
        boolean hasHardware = false;
        for (XmlElement section : system.children()) {
            switch (section.name()) {
                case "OperatingSystemSection" -> operatingSystem(section);
                case "VirtualHardwareSection" -> {
                    // Alternatives for different hypervisors may follow; the first is the preferred one.
                    if (hasHardware) {
                        notices.add(new Notice(
                                "files.ovf.hardware-alternative",
                                OvfXml.at(file, section.line()),
                                "a second hardware section is not read; the first one counts"));
                    } else {
                        hardware(section);
                    }
                    hasHardware = true;
                }
                case "AnnotationSection" ->
                    annotation = section.textOf("Annotation").orElse(annotation);
                case "ProductSection" -> product(section);
                case "BootOrderSection" ->
                    bootOrder.add(new BootDevice(
                            section.vmwAttr("instanceId").orElse(""),
                            section.vmwAttr("type").orElse("")));
                case "Info", "Name", "EulaSection", "StorageSection" -> {}
                default -> notices.add(OvfReader.unknownSection(file, section));
            }
        }
        if (!hasHardware) {
            throw OvfNumbers.invalid(file, system.line(), "the virtual system has no hardware section");
        }
        String id = system.attr("id").orElse("");
        String name = system.textOf("Name").orElse(id);
        return new VirtualSystem(
                id,
                name,
                cimOs,
                osType,
                osDescription,
                hardware,
                items,
                config,
                extraConfig,
                bootOrder,
                annotation,
                product,
                properties,
                notices);
    }

    private void operatingSystem(XmlElement section) {
        cimOs = section.attr("id")
                .filter(id -> id.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .orElse(0);
        osType = section.vmwAttr("osType").orElse("");
        osDescription = section.textOf("Description").orElse("");
    }

    private void hardware(XmlElement section) {
        for (XmlElement child : section.children()) {
            if (ITEMS.contains(child.name())) {
                items.add(item(child));
            } else if (child.is("System")) {
                hardware = child.textOf("VirtualSystemType").orElse("");
            } else if (child.isVmw("Config")) {
                setting(child, config);
            } else if (child.isVmw("ExtraConfig")) {
                setting(child, extraConfig);
            }
        }
    }

    private static void setting(XmlElement element, Map<String, String> to) {
        element.vmwAttr("key")
                .ifPresent(key -> to.put(key, element.vmwAttr("value").orElse("")));
    }

    private HardwareItem item(XmlElement element) {
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> connections = new ArrayList<>();
        Map<String, String> own = new LinkedHashMap<>();
        for (XmlElement field : element.children()) {
            if (field.is("Connection")) {
                connections.add(field.text());
            } else if (field.isVmw("Config")) {
                setting(field, own);
            } else if (FIELDS.contains(field.name()) && !field.text().isEmpty()) {
                fields.putIfAbsent(field.name(), field.text());
            }
        }
        String type = element.textOf("ResourceType")
                .orElseThrow(() -> OvfNumbers.invalid(file, element.line(), "a hardware item has no ResourceType"));
        if (!type.matches("\\d{1,6}")) {
            throw OvfNumbers.invalid(file, element.line(), "ResourceType is \"" + type + "\", which is not a number");
        }
        String options = element.attr("configuration").orElse("");
        return new HardwareItem(
                Integer.parseInt(type),
                fields,
                connections,
                own,
                options.isBlank() ? List.of() : List.of(options.strip().split("\\s+")),
                element.attr("bound").orElse(""),
                element.line());
    }

    private void product(XmlElement section) {
        if (product.isEmpty()) {
            List<String> words = new ArrayList<>();
            for (String part : List.of("Vendor", "Product", "FullVersion")) {
                section.textOf(part).ifPresent(words::add);
            }
            product = String.join(" ", words);
        }
        for (XmlElement property : section.children("Property")) {
            property.attr("key").ifPresent(properties::add);
        }
    }
}
