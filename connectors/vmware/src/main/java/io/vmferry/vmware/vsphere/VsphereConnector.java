package io.vmferry.vmware.vsphere;

import io.vmferry.spi.source.Capability;
import io.vmferry.spi.source.SourceConfig;
import io.vmferry.spi.source.SourceConnector;
import io.vmferry.spi.source.SourceSession;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.http.HttpClients;
import java.util.Set;

/** The source {@code vsphere}: a vCenter, or a single ESXi host. */
public final class VsphereConnector implements SourceConnector {
    @Override
    public String type() {
        return "vsphere";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.COLD,
                Capability.SNAPSHOT,
                Capability.CHANGED_BLOCKS,
                Capability.RANDOM_ACCESS,
                Capability.POWER,
                Capability.NIC_DISCONNECT);
    }

    @Override
    public SourceSession open(SourceConfig config) {
        VsphereSettings settings = VsphereSettings.of(config, System::getenv);
        VimConnection connection =
                VimConnection.open(settings.base(), HttpClients.create(settings.trust()), settings.credentials());
        return new VsphereSession(config.name(), settings, connection);
    }
}
