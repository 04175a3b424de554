package io.vmferry.rules.load;

import static io.vmferry.rules.model.NetworkTarget.BRIDGE;
import static io.vmferry.rules.model.NetworkTarget.HYBRIDNET;
import static io.vmferry.rules.model.NetworkTarget.MASQUERADE;
import static io.vmferry.rules.model.NetworkTarget.MULTUS;
import static io.vmferry.rules.model.NetworkTarget.POD;

import io.vmferry.rules.error.RulesError;
import io.vmferry.rules.model.ComputeTarget;
import io.vmferry.rules.model.NetworkTarget;
import io.vmferry.rules.model.PlacementTarget;
import io.vmferry.rules.model.Profile;
import io.vmferry.rules.model.StorageTarget;
import io.vmferry.spi.plan.NicPlan.IpPolicy;
import io.vmferry.spi.plan.NicPlan.MacPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what a rule maps to, the {@code to:} of each list. */
final class TargetReader {
    private TargetReader() {}

    private static final Map<String, IpPolicy> IP_POLICIES = Map.of(
            "keep", IpPolicy.KEEP,
            "pool", IpPolicy.POOL,
            "dhcp", IpPolicy.DHCP,
            "guest", IpPolicy.GUEST,
            "masquerade", IpPolicy.MASQUERADE);

    private static final Map<String, MacPolicy> MAC_POLICIES =
            Map.of("keep", MacPolicy.KEEP, "generate", MacPolicy.GENERATE);

    static PlacementTarget placement(Fields to) {
        String namespace = to.value("namespace", to.path("namespace"), Values.NAME, Values::name)
                .orElse(null);
        Map<String, String> labels = texts(to, "labels");
        Map<String, String> annotations = texts(to, "annotations");
        to.end();
        return new PlacementTarget(namespace, labels, annotations);
    }

    private static Map<String, String> texts(Fields to, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        to.fields(key)
                .ifPresent(map -> map.rest()
                        .forEach(entry -> map.value(entry.value(), map.path(entry.key()), "text", text -> text)
                                .ifPresent(text -> texts.put(entry.key(), text))));
        return texts;
    }

    static StorageTarget storage(Fields to) {
        StorageTarget target = storagePart(to);
        to.end();
        return target;
    }

    /** The keys of a storage target among others. */
    static StorageTarget storagePart(Fields to) {
        return new StorageTarget(
                to.text("storageClass").orElse(null),
                word(to, "volumeMode", "Block", "Filesystem"),
                word(to, "accessMode", "ReadWriteOnce", "ReadWriteMany", "ReadWriteOncePod"));
    }

    static ComputeTarget compute(Fields to) {
        Profile profile = to.oneOf("profile", Profile.class).orElse(null);
        String machine = to.value(
                        "machine", to.path("machine"), "q35, pc-q35-..., or virt for arm64", TargetReader::machine)
                .orElse(null);
        String clock =
                to.value("clock", to.path("clock"), Values.ZONE, Values::zone).orElse(null);
        String diskBus = word(to, "diskBus", "virtio", "scsi", "sata");
        String nicModel = word(to, "nicModel", "virtio", "e1000e", "e1000");
        to.end();
        return new ComputeTarget(profile, machine, clock, diskBus, nicModel);
    }

    private static String machine(String text) {
        if (!text.matches("(pc-)?q35[-a-z0-9.]*|virt[-a-z0-9.]*|s390-ccw-virtio[-a-z0-9.]*")) {
            throw new Fields.BadValue("");
        }
        return text;
    }

    static NetworkTarget network(Fields to) {
        to.require("driver", " (hybridnet, multus or pod)");
        String driver = text(to, "driver", HYBRIDNET, MULTUS, POD);
        String binding = text(to, "binding", BRIDGE, MASQUERADE);
        Map<String, String> settings = new LinkedHashMap<>();
        for (String key : List.of("network", "subnet", "namespace", "name")) {
            to.text(key).ifPresent(value -> settings.put(key, value));
        }
        Fields ip = to.fields("ip").orElse(null);
        IpPolicy ipPolicy = null;
        Set<Integer> families = Set.of(4, 6);
        if (ip != null) {
            ipPolicy = ip.oneOf("policy", IP_POLICIES, List.of("keep", "pool", "dhcp", "guest", "masquerade"))
                    .orElse(null);
            if (ip.has("families")) {
                families = new TreeSet<>(ip.values("families", "IPv4 or IPv6", TargetReader::family));
            }
            ip.end();
        }
        MacPolicy mac = to.fields("mac").map(TargetReader::mac).orElse(MacPolicy.KEEP);
        to.end();
        if (binding.isEmpty()) {
            boolean pod = driver.equals(POD) && (ipPolicy == null || ipPolicy == IpPolicy.MASQUERADE);
            binding = pod ? MASQUERADE : BRIDGE;
        }
        NetworkTarget target = new NetworkTarget(
                driver, settings, binding, ipPolicy == null ? usual(driver, binding) : ipPolicy, families, mac);
        if (!driver.isEmpty()) {
            contradictions(to, target);
        }
        return target;
    }

    private static MacPolicy mac(Fields mac) {
        MacPolicy policy =
                mac.oneOf("policy", MAC_POLICIES, List.of("keep", "generate")).orElse(MacPolicy.KEEP);
        mac.end();
        return policy;
    }

    private static Integer family(String text) {
        if (!text.equalsIgnoreCase("IPv4") && !text.equalsIgnoreCase("IPv6")) {
            throw new Fields.BadValue("");
        }
        return text.charAt(3) - '0';
    }

    /** What the driver is for when the rule does not say. */
    private static IpPolicy usual(String driver, String binding) {
        if (driver.equals(MULTUS)) {
            return IpPolicy.GUEST;
        }
        if (driver.equals(HYBRIDNET) && binding.equals(BRIDGE)) {
            return IpPolicy.KEEP;
        }
        return binding.equals(MASQUERADE) && driver.equals(POD) ? IpPolicy.MASQUERADE : IpPolicy.POOL;
    }

    private static void contradictions(Fields to, NetworkTarget target) {
        boolean multus = target.driver().equals(MULTUS);
        if (multus && !target.settings().containsKey("name") && !to.has("name")) {
            to.require("name", ", the NetworkAttachmentDefinition that driver multus attaches");
        }
        refuse(to, "binding", multus && target.binding().equals(MASQUERADE), "driver multus has no binding masquerade");
        refuse(
                to,
                "ip",
                target.ip() == IpPolicy.MASQUERADE && target.binding().equals(BRIDGE),
                "ip policy masquerade contradicts binding bridge");
        refuse(
                to,
                "ip",
                !multus && (target.ip() == IpPolicy.DHCP || target.ip() == IpPolicy.GUEST),
                "ip policies dhcp and guest need a layer 2 network, which is driver multus");
        for (String key : multus ? List.of("network", "subnet") : List.of("namespace", "name")) {
            refuse(
                    to,
                    key,
                    target.settings().containsKey(key),
                    "driver " + target.driver() + " has no key '" + key + "'");
        }
        if (target.driver().equals(POD)) {
            for (String key : List.of("network", "subnet")) {
                refuse(to, key, target.settings().containsKey(key), "driver pod has no key '" + key + "'");
            }
        }
    }

    private static void refuse(Fields to, String key, boolean wrong, String sentence) {
        if (wrong) {
            to.problem(
                    RulesError.CONFIG_CONTRADICTION,
                    to.at(key),
                    to.path(key) + ": " + sentence,
                    "Change one of the two; docs/rules.md has a table of what goes together.");
        }
    }

    private static @Nullable String word(Fields to, String key, String... words) {
        String found = text(to, key, words);
        return found.isEmpty() ? null : found;
    }

    private static String text(Fields to, String key, String... words) {
        Map<String, String> meaning = new LinkedHashMap<>();
        for (String word : words) {
            meaning.put(word, word);
        }
        return to.oneOf(key, meaning, List.of(words)).orElse("");
    }
}
