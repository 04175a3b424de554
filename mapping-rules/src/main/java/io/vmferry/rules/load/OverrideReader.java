package io.vmferry.rules.load;

import io.vmferry.rules.error.RulesError;
import io.vmferry.rules.model.NetworkTarget;
import io.vmferry.rules.model.Profile;
import io.vmferry.rules.model.StorageTarget;
import io.vmferry.rules.model.VmOverride;
import io.vmferry.rules.network.IpAddress;
import io.vmferry.spi.model.GuestInterface;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what was decided for single VMs. */
final class OverrideReader {
    private OverrideReader() {}

    private static final int MOST_DEVICES = 255;

    static List<VmOverride> read(Fields spec) {
        List<VmOverride> overrides = new ArrayList<>();
        Map<String, Position> seen = new HashMap<>();
        for (Fields fields : spec.list("overrides")) {
            VmOverride override = override(fields);
            overrides.add(override);
            Position before = seen.putIfAbsent(override.source() + "\u0000" + override.vm(), fields.at("vm"));
            if (before != null && fields.has("vm")) {
                fields.problem(
                        RulesError.CONFIG_CONTRADICTION,
                        fields.at("vm"),
                        "'" + override.vm() + "' has an override in line " + before.line() + " already",
                        "Put everything about one VM into one entry.");
            }
        }
        return overrides;
    }

    private static VmOverride override(Fields fields) {
        fields.require("vm", ", the name of the VM at its source");
        String vm = fields.text("vm").orElse("");
        @Nullable String source = fields.text("source").orElse(null);
        @Nullable
        String name = fields.value("name", fields.path("name"), Values.NAME, Values::name)
                .orElse(null);
        @Nullable
        String namespace = fields.value("namespace", fields.path("namespace"), Values.NAME, Values::name)
                .orElse(null);
        @Nullable Profile profile = fields.oneOf("profile", Profile.class).orElse(null);
        @Nullable Boolean start = fields.bool("start").orElse(null);
        List<VmOverride.NicOverride> nics = new ArrayList<>();
        Map<Integer, Position> nicsSeen = new HashMap<>();
        for (Fields nic : fields.list("nics")) {
            VmOverride.NicOverride read = nic(nic);
            once(nic, "nic", read.nic(), nicsSeen);
            nics.add(read);
        }
        List<VmOverride.DiskOverride> disks = new ArrayList<>();
        Map<Integer, Position> disksSeen = new HashMap<>();
        for (Fields disk : fields.list("disks")) {
            VmOverride.DiskOverride read = disk(disk);
            once(disk, "disk", read.disk(), disksSeen);
            disks.add(read);
        }
        fields.end();
        return new VmOverride(vm, source, name, namespace, profile, start, nics, disks);
    }

    private static void once(Fields fields, String key, int number, Map<Integer, Position> seen) {
        Position before = seen.putIfAbsent(number, fields.at());
        if (before != null) {
            fields.problem(
                    RulesError.CONFIG_CONTRADICTION,
                    fields.at(key),
                    key + " " + number + " has an override in line " + before.line() + " already",
                    "Put everything about one " + key + " into one entry; they count from 0.");
        }
    }

    private static VmOverride.NicOverride nic(Fields nic) {
        nic.require("nic", ", the position of the card (0 is the first)");
        int position = nic.integer("nic", 0, MOST_DEVICES).orElse(0);
        @Nullable String network = nic.text("network").orElse(null);
        @Nullable NetworkTarget to = nic.fields("to").map(TargetReader::network).orElse(null);
        if (network != null && to != null) {
            nic.problem(
                    RulesError.CONFIG_CONTRADICTION,
                    nic.at("to"),
                    "'network' names a rule and 'to' replaces it, both are given",
                    "Remove one of the two.");
        }
        List<GuestInterface.Address> addresses = nic.values("ip", Values.ADDRESS, Values::address);
        if (addresses.stream().map(OverrideReader::version).distinct().count() != addresses.size()) {
            nic.problem(
                    RulesError.CONFIG_CONTRADICTION,
                    nic.at("ip"),
                    nic.path("ip") + " has two addresses of one IP version, a card holds one of each",
                    "Keep one IPv4 and one IPv6 address at most.");
        }
        @Nullable
        String mac = nic.value("mac", nic.path("mac"), Values.MAC, Values::mac).orElse(null);
        nic.end();
        return new VmOverride.NicOverride(position, network, to, addresses, mac);
    }

    private static int version(GuestInterface.Address address) {
        return IpAddress.parse(address.ip()).map(IpAddress::version).orElse(0);
    }

    private static VmOverride.DiskOverride disk(Fields disk) {
        disk.require("disk", ", the position of the disk (0 is the first)");
        int position = disk.integer("disk", 0, MOST_DEVICES).orElse(0);
        StorageTarget to = TargetReader.storagePart(disk);
        disk.end();
        return new VmOverride.DiskOverride(position, to);
    }
}
