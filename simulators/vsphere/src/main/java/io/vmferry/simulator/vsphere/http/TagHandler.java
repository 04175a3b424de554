package io.vmferry.simulator.vsphere.http;

import io.vmferry.simulator.vsphere.soap.Sessions;
import io.vmferry.simulator.vsphere.world.Entity;
import io.vmferry.simulator.vsphere.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tags and categories over REST, read-only: the paths of 7.0 U2 and later under {@code /api}, the older ones under {@code /rest},
 * which put each answer into {@code {"value": …}}. Sessions are of their own, made with name and password.
 */
final class TagHandler implements Endpoint.Handler {
    private static final String JSON = "application/json";
    private static final String SESSION = "vmware-api-session-id";
    private static final Pattern TAG_ID = Pattern.compile("\"(urn:vmomi:InventoryServiceTag:[^\"]*)\"");
    private static final Pattern OBJECT_ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]*)\"");

    private final World world;
    private final Map<String, Instant> sessions = new HashMap<>();

    TagHandler(World world) {
        this.world = world;
    }

    @Override
    public Reply handle(Request request) throws IOException {
        boolean legacy = request.path().startsWith("/rest/");
        String path = request.path().replaceFirst("^/rest/com/vmware/cis|^/api/cis|^/api", "");
        String body = new String(request.body().readAllBytes(), StandardCharsets.UTF_8);
        synchronized (world) {
            if (legacy ? !world.legacyRest : !world.newRest) {
                return Reply.html(404, "Not Found");
            }
            if (path.equals("/session")) {
                return session(request, legacy);
            }
            String token = request.header(SESSION);
            Instant now = world.clock().now();
            sessions.values().removeIf(last -> now.isAfter(last.plus(world.sessionTimeout)));
            if (token == null || sessions.replace(token, now) == null) {
                return error(401, "com.vmware.vapi.std.errors.unauthenticated", legacy);
            }
            String action = request.query().getOrDefault(legacy ? "~action" : "action", "");
            String answer = answer(path.replaceFirst("/id:", "/"), action, body);
            return answer == null
                    ? error(404, "com.vmware.vapi.std.errors.not_found", legacy)
                    : Reply.text(200, JSON, legacy ? "{\"value\":" + answer + "}" : answer);
        }
    }

    private Reply session(Request request, boolean legacy) {
        if (request.method().equals("DELETE")) {
            sessions.remove(request.header(SESSION));
            return new Reply(legacy ? 200 : 204, Map.of(), 0, out -> {});
        }
        String[] login = Sessions.basic(request.header("Authorization")).split(":", 2);
        if (login.length < 2 || !login[1].equals(world.users.get(login[0]))) {
            return error(401, "com.vmware.vapi.std.errors.unauthenticated", legacy);
        }
        String token = world.uuid().replace("-", "");
        sessions.put(token, world.clock().now());
        String text = quote(token);
        return Reply.text(legacy ? 200 : 201, JSON, legacy ? "{\"value\":" + text + "}" : text)
                .with(SESSION, token);
    }

    void expireAll() {
        sessions.clear();
    }

    private @Nullable String answer(String path, String action, String body) {
        List<String> tags = tags();
        if (path.equals("/tagging/category")) {
            return array(categories().stream().map(TagHandler::categoryId).toList());
        }
        if (path.equals("/tagging/tag")) {
            return array(tags.stream().map(TagHandler::tagId).toList());
        }
        for (String category : categories()) {
            if (path.equals("/tagging/category/" + categoryId(category))) {
                return "{\"id\":" + quote(categoryId(category)) + ",\"name\":" + quote(category)
                        + ",\"description\":\"\",\"cardinality\":\"MULTIPLE\",\"associable_types\":[],\"used_by\":[]}";
            }
        }
        for (String tag : tags) {
            if (path.equals("/tagging/tag/" + tagId(tag))) {
                return "{\"id\":" + quote(tagId(tag)) + ",\"category_id\":" + quote(categoryId(category(tag)))
                        + ",\"name\":" + quote(tag.substring(tag.indexOf('/') + 1))
                        + ",\"description\":\"\",\"used_by\":[]}";
            }
            if (path.equals("/tagging/tag-association/" + tagId(tag)) && action.equals("list-attached-objects")) {
                return objects(tag);
            }
        }
        if (path.startsWith("/tagging/tag-association")) {
            return switch (action) {
                case "list-attached-tags-on-objects" -> onObjects(body);
                case "list-attached-objects-on-tags" -> onTags(body);
                case "list-attached-tags" ->
                    found(OBJECT_ID, body).stream()
                            .findFirst()
                            .map(id -> tagIds(world.find(id)))
                            .orElse("[]");
                default -> null;
            };
        }
        return null;
    }

    private String onObjects(String body) {
        List<String> results = new ArrayList<>();
        for (String id : found(OBJECT_ID, body)) {
            Entity entity = world.find(id);
            if (entity != null && !entity.tags.isEmpty()) {
                results.add("{\"object_id\":" + object(entity) + ",\"tag_ids\":" + tagIds(entity) + "}");
            }
        }
        return "[" + String.join(",", results) + "]";
    }

    private String onTags(String body) {
        List<String> asked = found(TAG_ID, body);
        return tags().stream()
                .filter(tag -> asked.contains(tagId(tag)))
                .map(tag -> "{\"tag_id\":" + quote(tagId(tag)) + ",\"object_ids\":" + objects(tag) + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String objects(String tag) {
        return world.entities().stream()
                .filter(entity -> entity.tags.contains(tag))
                .map(TagHandler::object)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String object(Entity entity) {
        return "{\"id\":" + quote(entity.id()) + ",\"type\":" + quote(entity.type()) + "}";
    }

    private static String tagIds(@Nullable Entity entity) {
        return entity == null
                ? "[]"
                : array(entity.tags.stream().map(TagHandler::tagId).toList());
    }

    private static List<String> found(Pattern pattern, String body) {
        return pattern.matcher(body).results().map(match -> match.group(1)).toList();
    }

    private List<String> tags() {
        TreeSet<String> all = new TreeSet<>();
        world.entities().forEach(entity -> all.addAll(entity.tags));
        return List.copyOf(all);
    }

    private List<String> categories() {
        return tags().stream().map(TagHandler::category).distinct().toList();
    }

    private static String category(String tag) {
        return tag.substring(0, Math.max(0, tag.indexOf('/')));
    }

    private static String tagId(String tag) {
        return "urn:vmomi:InventoryServiceTag:" + named(tag) + ":GLOBAL";
    }

    private static String categoryId(String category) {
        return "urn:vmomi:InventoryServiceCategory:" + named(category) + ":GLOBAL";
    }

    private static String named(String text) {
        return java.util
                .UUID
                .nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static Reply error(int status, String type, boolean legacy) {
        String value = "{\"messages\":[]}";
        return Reply.text(
                status,
                JSON,
                legacy
                        ? "{\"type\":" + quote(type) + ",\"value\":" + value + "}"
                        : "{\"error_type\":"
                                + quote(type.replaceFirst(".*\\.", "").toUpperCase(Locale.ROOT))
                                + ",\"messages\":[]}");
    }

    private static String array(List<String> texts) {
        return texts.stream().map(TagHandler::quote).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quote(String text) {
        Matcher special = Pattern.compile("[\"\\\\\\p{Cntrl}]").matcher(text);
        return "\""
                + special.replaceAll(
                        match -> String.format("\\\\u%04x", (int) match.group().charAt(0))) + "\"";
    }
}
