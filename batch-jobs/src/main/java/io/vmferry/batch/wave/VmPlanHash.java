package io.vmferry.batch.wave;

import io.vmferry.spi.plan.VmPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Tells whether what a VM's plan does has changed. Findings do not count: they say something, they do nothing. */
final class VmPlanHash {
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private VmPlanHash() {}

    static String of(VmPlan plan) {
        VmPlan deeds =
                new VmPlan(plan.key(), plan.vm(), plan.target(), plan.disks(), plan.nics(), List.of(), plan.objects());
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(sha.digest(CANONICAL.writeValueAsString(deeds).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
