package io.vmferry.rules;

import io.vmferry.spi.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The fingerprint of a plan: what somebody approves. Two plans that decide the same have the same, whenever they were made. */
public final class PlanHash {
    private PlanHash() {}

    /** SHA-256 of the canonical JSON without what passes ({@code created}, amounts of running VMs), 64 hex digits. */
    public static String of(Plan plan) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(sha256.digest(PlanJson.withoutWhatPasses(plan).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
