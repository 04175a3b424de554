package io.vmferry.rules.model;

import io.vmferry.spi.plan.NicPlan;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which network a card gets.
 *
 * @param driver {@code hybridnet}, {@code multus} or {@code pod}
 * @param settings the driver's own: {@code network}, {@code subnet}, {@code namespace}, {@code name}
 * @param binding {@code bridge} or {@code masquerade}
 * @param families IP versions that {@code keep} holds: 4, 6
 */
public record NetworkTarget(
        String driver,
        Map<String, String> settings,
        String binding,
        NicPlan.IpPolicy ip,
        Set<Integer> families,
        NicPlan.MacPolicy mac) {
    public static final String HYBRIDNET = "hybridnet";
    public static final String MULTUS = "multus";
    public static final String POD = "pod";
    public static final String BRIDGE = "bridge";
    public static final String MASQUERADE = "masquerade";

    public NetworkTarget {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        families = Set.copyOf(families);
    }
}
