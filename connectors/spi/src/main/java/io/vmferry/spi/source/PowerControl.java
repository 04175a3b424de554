package io.vmferry.spi.source;

import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.VmRef;

/** Power of VMs at the source: one of the few changes vmferry makes there, always undone by a rollback. */
public interface PowerControl {
    PowerState state(VmRef vm);

    /**
     * Asks the guest to shut down and returns at once; {@link #state} tells when it did.
     *
     * @return false when there is nobody in the guest to ask: no tools or agent runs
     */
    boolean shutdownGuest(VmRef vm);

    /** Cuts the power. */
    void off(VmRef vm);

    void on(VmRef vm);
}
