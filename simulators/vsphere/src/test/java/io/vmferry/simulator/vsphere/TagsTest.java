package io.vmferry.simulator.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.World;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TagsTest {
    private static final Pattern ID = Pattern.compile("\"(urn:vmomi:InventoryService(?:Tag|Category):[^\"]*)\"");

    private final World world = new World(1);
    private final Vm web = world.vm("web", vm -> vm.tags.add("tier \"1\"/gold"));
    private final Vm plain = world.vm("plain", vm -> {});
    private final VsphereSimulator simulator = VsphereSimulator.start(world);
    private final RawClient client = new RawClient(simulator, simulator.vcenter());

    @AfterEach
    void stop() {
        simulator.close();
    }

    private HttpResponse<byte[]> post(String path, String body, String... headers) {
        return client.send(client.request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private String login(String path) {
        String basic = Base64.getEncoder()
                .encodeToString((World.USER + ":" + World.PASSWORD).getBytes(StandardCharsets.UTF_8));
        return post(path, "", "Authorization", "Basic " + basic)
                .headers()
                .firstValue("vmware-api-session-id")
                .orElse("");
    }

    private String get(String path, String token) {
        return text(client.get(path, "vmware-api-session-id", token));
    }

    @Test
    void theNewPaths() {
        String token = login("/api/session");
        String tag = first(get("/api/cis/tagging/tag", token));
        assertThat(get("/api/cis/tagging/tag/" + tag, token)).contains("\"name\":\"gold\"");
        String category = first(get("/api/cis/tagging/category", token));
        assertThat(get("/api/cis/tagging/category/" + category, token)).contains("\"name\":\"tier \\u00221\\u0022\"");
        String attached = text(post(
                "/api/cis/tagging/tag-association?action=list-attached-tags-on-objects",
                "{\"object_ids\":[{\"type\":\"VirtualMachine\",\"id\":\"" + plain.id() + "\"},{\"id\":\"" + web.id()
                        + "\",\"type\":\"VirtualMachine\"}]}",
                "vmware-api-session-id",
                token));
        assertThat(attached)
                .isEqualTo("[{\"object_id\":{\"id\":\"" + web.id() + "\",\"type\":\"VirtualMachine\"},\"tag_ids\":[\""
                        + tag + "\"]}]");
        assertThat(text(post(
                        "/api/cis/tagging/tag-association?action=list-attached-objects-on-tags",
                        "{\"tag_ids\":[\"" + tag + "\"]}",
                        "vmware-api-session-id",
                        token)))
                .contains("\"tag_id\":\"" + tag + "\"", web.id());
        assertThat(text(post(
                        "/api/cis/tagging/tag-association/" + tag + "?action=list-attached-objects",
                        "",
                        "vmware-api-session-id",
                        token)))
                .contains(web.id());
    }

    @Test
    void theOldPathsWrapTheirAnswers() {
        String token = login("/rest/com/vmware/cis/session");
        String tag = first(get("/rest/com/vmware/cis/tagging/tag", token));
        assertThat(get("/rest/com/vmware/cis/tagging/tag/id:" + tag, token)).startsWith("{\"value\":{\"id\":\"" + tag);
        assertThat(text(post(
                        "/rest/com/vmware/cis/tagging/tag-association?~action=list-attached-tags-on-objects",
                        "{\"object_ids\":[{\"id\":\"" + web.id() + "\",\"type\":\"VirtualMachine\"}]}",
                        "vmware-api-session-id",
                        token)))
                .startsWith("{\"value\":[{\"object_id\"");
    }

    @Test
    void aServerHasOnlyOneOfThem() {
        synchronized (world) {
            world.newRest = false;
        }
        assertThat(post("/api/session", "").statusCode()).isEqualTo(404);
        assertThat(login("/rest/com/vmware/cis/session")).isNotEmpty();
    }

    @Test
    void nobodyReadsTagsWithoutASession() {
        assertThat(post("/api/session", "").statusCode()).isEqualTo(401);
        assertThat(client.get("/api/cis/tagging/tag").statusCode()).isEqualTo(401);
        String token = login("/api/session");
        simulator.clock().advance(Duration.ofMinutes(31));
        assertThat(client.get("/api/cis/tagging/tag", "vmware-api-session-id", token)
                        .statusCode())
                .isEqualTo(401);
    }

    private static String first(String json) {
        Matcher id = ID.matcher(json);
        assertThat(id.find()).as(json).isTrue();
        return id.group(1);
    }
}
