package io.vmferry.simulator.vsphere.wire;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A version of the API as it stands in {@code SOAPAction: urn:vim25/8.0.3.0}. Immutable. */
public final class ApiVersion implements Comparable<ApiVersion> {
    /** The oldest that the table of types tells apart; what a client gets that names none. */
    public static final ApiVersion OLDEST = parse("6.0");

    private final int[] parts;

    private ApiVersion(int[] parts) {
        this.parts = parts;
    }

    /** @param text numbers with dots between */
    public static ApiVersion parse(String text) {
        return new ApiVersion(
                Arrays.stream(text.split("\\.")).mapToInt(Integer::parseInt).toArray());
    }

    /** The version that a request asks for; null when the header is no version at all. */
    public static @Nullable ApiVersion ofAction(@Nullable String header) {
        String action = header == null ? "" : header.replace("\"", "").trim();
        if (action.isEmpty() || action.equals("urn:vim25")) {
            return OLDEST;
        }
        String version = action.startsWith("urn:vim25/") ? action.substring("urn:vim25/".length()) : "";
        return version.matches("\\d{1,3}(\\.\\d{1,3}){1,3}") ? parse(version) : null;
    }

    @Override
    public int compareTo(ApiVersion other) {
        for (int i = 0; i < Math.max(parts.length, other.parts.length); i++) {
            int order = Integer.compare(part(i), other.part(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int part(int index) {
        return index < parts.length ? parts[index] : 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ApiVersion version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return part(0) * 31 + part(1);
    }

    @Override
    public String toString() {
        return Arrays.stream(parts).mapToObj(Integer::toString).collect(Collectors.joining("."));
    }
}
