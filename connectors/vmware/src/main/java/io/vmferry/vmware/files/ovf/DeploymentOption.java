package io.vmferry.vmware.files.ovf;

import io.vmferry.vmware.files.ovf.OvfDocument.Configuration;
import io.vmferry.vmware.files.ovf.OvfDocument.VirtualSystem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Chooses the hardware of a system that comes in several sizes: items may belong to some deployment options only, and may
 * state limits instead of the device itself (DSP0243 8.3 and 9.8). The default option is taken.
 */
final class DeploymentOption {
    private DeploymentOption() {}

    static List<HardwareItem> itemsOf(OvfDocument document, VirtualSystem system, BiConsumer<String, String> notice) {
        List<Configuration> options = document.configurations();
        String chosen = options.stream()
                .filter(Configuration::byDefault)
                .findFirst()
                .or(() -> options.stream().findFirst())
                .map(Configuration::id)
                .orElse("");
        if (options.size() > 1) {
            notice.accept(
                    "files.ovf.configuration",
                    "the package comes in " + options.size() + " sizes ("
                            + String.join(
                                    ", ",
                                    options.stream().map(Configuration::id).toList()) + "); \"" + chosen
                            + "\" is taken");
        }
        List<HardwareItem> plain = new ArrayList<>();
        // An item of the chosen option replaces the general one of the same instance id.
        Map<String, HardwareItem> byInstance = new LinkedHashMap<>();
        for (HardwareItem item : system.items()) {
            boolean limit = !item.bound().isEmpty() && !item.bound().equals("normal");
            boolean chosenHere = item.configurations().contains(chosen);
            if (limit || !(item.configurations().isEmpty() || chosenHere)) {
                continue;
            }
            if (item.instanceId().isEmpty()) {
                plain.add(item);
                continue;
            }
            HardwareItem before = byInstance.get(item.instanceId());
            if (before == null || (before.configurations().isEmpty() && chosenHere)) {
                byInstance.put(item.instanceId(), item);
            } else if (before.configurations().isEmpty()
                    == item.configurations().isEmpty()) {
                throw OvfNumbers.invalid(
                        document.file(),
                        item.line(),
                        "a second hardware item has the instance id " + item.instanceId());
            }
        }
        List<HardwareItem> items = new ArrayList<>(byInstance.values());
        items.addAll(plain);
        return items;
    }
}
