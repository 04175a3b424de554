package io.vmferry.batch.wave;

import io.vmferry.spi.plan.VmPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells whether what a VM's plan does has changed. Findings do not count: they say something, they do nothing. Nor do facts
 * that change while nobody decides anything: power, amounts of data, what guest tools report, versions of the disks' content.
 */
final class VmPlanHash {
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private VmPlanHash() {}

    static String of(VmPlan plan) {
        ObjectNode deeds = CANONICAL.valueToTree(plan);
        deeds.remove("findings");
        deeds.set("vm", deeds.required("vm").required("ref"));
        for (JsonNode disk : deeds.required("disks")) {
            ((ObjectNode) disk).remove(List.of("sourceVersion", "image", "path", "bytesToRead", "bytesToWrite"));
            ((ObjectNode) disk.required("disk")).remove(List.of("usedBytes", "containerBytes", "guestDevice"));
        }
        for (JsonNode nic : deeds.required("nics")) {
            ((ObjectNode) nic.required("nic")).remove(List.of("guest", "connected"));
        }
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(deeds.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
