package io.vmferry.kubevirt.network;

import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.NetworkDriver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The network drivers of a target, by type. Immutable. */
public final class NetworkDrivers {
    private final Map<String, NetworkDriver> drivers;

    public NetworkDrivers(List<NetworkDriver> drivers) {
        Map<String, NetworkDriver> byType = new LinkedHashMap<>();
        drivers.forEach(driver -> byType.put(driver.type(), driver));
        this.drivers = byType;
    }

    /** Those that need nothing from a cluster while they plan. */
    public static NetworkDrivers standard() {
        return new NetworkDrivers(List.of(new PodNetwork(), new MultusNetwork(), new HybridnetNetwork()));
    }

    public Set<String> types() {
        return Set.copyOf(drivers.keySet());
    }

    /** What the card's driver makes of it; empty when the plan names none, or one that is not here. */
    public Optional<NetworkDriver.NicTarget> plan(VmPlan vm, NicPlan nic) {
        return Optional.ofNullable(drivers.get(nic.driver())).map(driver -> driver.plan(vm, nic));
    }
}
