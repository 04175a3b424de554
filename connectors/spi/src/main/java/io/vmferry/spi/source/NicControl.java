package io.vmferry.spi.source;

import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.VmRef;

/** Unplugs a NIC at cutover, so that two machines never answer for one address, and plugs it in again on rollback. */
public interface NicControl {
    void disconnect(VmRef vm, Nic nic);

    void reconnect(VmRef vm, Nic nic);
}
