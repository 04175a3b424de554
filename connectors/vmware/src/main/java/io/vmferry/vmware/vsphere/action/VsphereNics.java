package io.vmferry.vmware.vsphere.action;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.NicControl;
import io.vmferry.vmware.vsphere.VsphereError;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.time.Duration;

/**
 * Unplugs network cards, now and for the next start, and plugs them in as they were. The device goes back to the server as it
 * came, but for these two flags. Safe for many threads.
 */
public final class VsphereNics implements NicControl {
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private final VmTasks actions;

    public VsphereNics(VimConnection connection) {
        this.actions = new VmTasks(connection);
    }

    @Override
    public void disconnect(VmRef vm, Nic nic) {
        plug(vm, nic, false);
    }

    @Override
    public void reconnect(VmRef vm, Nic nic) {
        plug(vm, nic, true);
    }

    private void plug(VmRef vm, Nic nic, boolean plugged) {
        XmlNode now = actions.read(vm, "runtime.powerState", "config.hardware.device");
        XmlNode device = now.each("config.hardware.device").stream()
                .filter(d -> d.text("key", "").equals(nic.key()) && d.at("macAddress") != null)
                .findFirst()
                .orElseThrow(() -> missing(vm, nic, "the VM no longer has this card"));
        if (device.at("connectable.connected") == null || device.at("connectable.startConnected") == null) {
            throw missing(vm, nic, "this card cannot be unplugged");
        }
        // A card of a VM that is off is connected to nothing; what counts there is the next start.
        boolean running = now.text("runtime.powerState", "").equals("poweredOn");
        boolean atStart = plugged && nic.connected();
        boolean atOnce = running && atStart;
        if (device.isTrue("connectable.startConnected") == atStart
                && device.isTrue("connectable.connected") == atOnce) {
            return;
        }
        XmlNode changed = device.withText("connectable.startConnected", Boolean.toString(atStart))
                .withText("connectable.connected", Boolean.toString(atOnce));
        actions.run(
                vm,
                (plugged ? "plugging in " : "unplugging ") + nic.label(),
                DEADLINE,
                moref -> actions.connection().actions().editDevice(moref, changed));
    }

    private static VmferryException missing(VmRef vm, Nic nic, String reason) {
        return new VmferryException(
                VsphereError.VSPHERE_CALL_REFUSED,
                vm.name() + " / " + nic.label(),
                reason,
                "Look at the VM's hardware in the vSphere client; if it was changed, make the plan again.");
    }
}
