package io.vmferry.spi.target;

import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.plan.VmPlan;
import java.util.List;

/** Starts VMs on the target and tells how they are. */
public interface VmRunner {
    void start(VmPlan vm);

    void stop(VmPlan vm);

    Observation observe(VmPlan vm);

    /**
     * @param phase in the target's words
     * @param settled true when it will not change by itself any more
     */
    record Observation(String phase, boolean running, boolean settled, List<Interface> interfaces, String message) {}

    /** A card as the running VM shows it. */
    record Interface(String name, String mac, List<GuestInterface.Address> addresses) {}
}
