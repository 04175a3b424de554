package io.vmferry.rules.load;

import io.vmferry.rules.match.NetworkMatch;
import io.vmferry.rules.match.StorageMatch;
import io.vmferry.rules.match.TextMatch;
import io.vmferry.rules.match.VmMatch;
import io.vmferry.spi.model.GuestOs;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the conditions of rules and selections. */
final class MatchReader {
    private MatchReader() {}

    static VmMatch vm(Fields fields) {
        VmMatch match = vmPart(fields, "vm");
        fields.end();
        return match;
    }

    /** In {@code select}, the VM's name is just {@code name}. */
    static VmMatch selected(Fields fields) {
        VmMatch match = vmPart(fields, "name");
        fields.end();
        return match;
    }

    static NetworkMatch network(Fields fields) {
        TextMatch network = text(fields, "network");
        Set<Integer> vlan = numbers(fields, "vlan", 0, 4095);
        Set<Integer> nic = numbers(fields, "nic", 0, 255);
        VmMatch vm = vmPart(fields, "vm");
        fields.end();
        return new NetworkMatch(vm, network, vlan, nic);
    }

    static StorageMatch storage(Fields fields) {
        TextMatch storage = text(fields, "storage");
        Long least = fields.value("minSize", fields.path("minSize"), Values.SIZE, Values::size)
                .orElse(null);
        Long most = fields.value("maxSize", fields.path("maxSize"), Values.SIZE, Values::size)
                .orElse(null);
        Set<Integer> disk = numbers(fields, "disk", 0, 255);
        VmMatch vm = vmPart(fields, "vm");
        fields.end();
        return new StorageMatch(vm, storage, least, most, disk);
    }

    private static VmMatch vmPart(Fields fields, String nameKey) {
        return new VmMatch(
                new TextMatch(fields.values("source", Values.GLOB, Values::glob), List.of()),
                text(fields, nameKey),
                text(fields, "folder"),
                text(fields, "cluster"),
                tags(fields),
                new LinkedHashSet<>(fields.values(
                        "guestFamily",
                        "one of "
                                + String.join(
                                        ", ", Words.of(GuestOs.Family.class).keySet()),
                        MatchReader::family)),
                text(fields, "guestId"));
    }

    private static GuestOs.Family family(String text) {
        GuestOs.Family family = Words.of(GuestOs.Family.class).get(text);
        if (family == null) {
            throw new Fields.BadValue("");
        }
        return family;
    }

    private static TextMatch text(Fields fields, String key) {
        return new TextMatch(
                fields.values(key, Values.GLOB, Values::glob),
                fields.values(key + "Regex", Values.REGEX, Values::regex));
    }

    private static Map<String, TextMatch> tags(Fields fields) {
        Map<String, TextMatch> tags = new LinkedHashMap<>();
        fields.fields("tag")
                .ifPresent(tag -> tag.rest()
                        .forEach(entry -> tags.put(
                                entry.key(),
                                new TextMatch(
                                        tag.values(entry.value(), tag.path(entry.key()), Values.GLOB, Values::glob),
                                        List.of()))));
        return tags;
    }

    private static Set<Integer> numbers(Fields fields, String key, int least, int most) {
        return new LinkedHashSet<>(fields.values(
                key, "a whole number from " + least + " to " + most, text -> Fields.number(text, least, most)));
    }
}
