package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.RestSession;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Reads which tags VMs have: the ids of all tags at once, what they are attached to by the hundred, and the names of those that
 * are in use. One use.
 */
final class TagReader {
    private static final int BATCH = 200;

    private final RestSession rest;
    private final Map<String, String> categories = new LinkedHashMap<>();

    TagReader(RestSession rest) {
        this.rest = rest;
    }

    /** Category to tags, by VM; both sorted. */
    Map<Moref, Map<String, List<String>>> vmTags() {
        Map<Moref, Map<String, List<String>>> tags = new LinkedHashMap<>();
        List<String> ids = strings(rest.get(path("tag")));
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + BATCH));
            JsonNode attached = rest.post(
                    path("tag-association") + (rest.legacy() ? "?~action=" : "?action=")
                            + "list-attached-objects-on-tags",
                    Map.of("tag_ids", some));
            for (JsonNode association : attached) {
                List<Moref> vms = vms(association.path("object_ids"));
                if (!vms.isEmpty()) {
                    add(tags, association.path("tag_id").asString(""), vms);
                }
            }
        }
        tags.values().forEach(byCategory -> byCategory.values().forEach(names -> names.sort(null)));
        return tags;
    }

    private void add(Map<Moref, Map<String, List<String>>> tags, String id, List<Moref> vms) {
        JsonNode tag = rest.get(one("tag", id));
        String name = tag.path("name").asString("");
        String category = categories.computeIfAbsent(
                tag.path("category_id").asString(""),
                c -> rest.get(one("category", c)).path("name").asString(""));
        for (Moref vm : vms) {
            tags.computeIfAbsent(vm, v -> new TreeMap<>())
                    .computeIfAbsent(category, c -> new ArrayList<>())
                    .add(name);
        }
    }

    private static List<Moref> vms(JsonNode objects) {
        List<Moref> vms = new ArrayList<>();
        for (JsonNode object : objects) {
            if (object.path("type").asString("").equals("VirtualMachine")) {
                vms.add(new Moref("VirtualMachine", object.path("id").asString("")));
            }
        }
        return vms;
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(node -> strings.add(node.asString("")));
        return strings;
    }

    private String path(String kind) {
        return (rest.legacy() ? "/rest/com/vmware/cis/tagging/" : "/api/cis/tagging/") + kind;
    }

    private String one(String kind, String id) {
        return path(kind) + (rest.legacy() ? "/id:" : "/") + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
