package io.vmferry.vmware.vsphere.action;

import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.PowerControl;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.client.VimFault;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.time.Duration;

/** Switches VMs on and off. A VM that is already as asked for is left alone. Safe for many threads. */
public final class VspherePower implements PowerControl {
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private final VmTasks actions;

    public VspherePower(VimConnection connection) {
        this.actions = new VmTasks(connection);
    }

    @Override
    public PowerState state(VmRef vm) {
        return state(actions.read(vm, "runtime.powerState"));
    }

    private static PowerState state(XmlNode vm) {
        return switch (vm.text("runtime.powerState", "")) {
            case "poweredOn" -> PowerState.ON;
            case "poweredOff" -> PowerState.OFF;
            case "suspended" -> PowerState.SUSPENDED;
            default -> PowerState.UNKNOWN;
        };
    }

    @Override
    public boolean shutdownGuest(VmRef vm) {
        XmlNode now = actions.read(vm, "runtime.powerState", "guest.toolsRunningStatus");
        if (state(now) == PowerState.OFF) {
            return true;
        }
        if (now.text("guest.toolsRunningStatus", "").equals("guestToolsNotRunning")) {
            return false;
        }
        try {
            VmTasks.named(vm, () -> {
                actions.connection().actions().shutdownGuest(actions.moref(vm));
                return vm;
            });
            return true;
        } catch (VimFault fault) {
            if (fault.is("ToolsUnavailable")) {
                return false;
            }
            // It went off by itself between the question and the call.
            if (fault.is("InvalidPowerState") && state(vm) == PowerState.OFF) {
                return true;
            }
            throw fault;
        }
    }

    @Override
    public void off(VmRef vm) {
        become(vm, PowerState.OFF);
    }

    @Override
    public void on(VmRef vm) {
        become(vm, PowerState.ON);
    }

    private void become(VmRef vm, PowerState wanted) {
        if (state(vm) == wanted) {
            return;
        }
        try {
            actions.run(
                    vm,
                    wanted == PowerState.ON ? "switching it on" : "switching it off",
                    DEADLINE,
                    moref -> wanted == PowerState.ON
                            ? actions.connection().actions().powerOn(moref)
                            : actions.connection().actions().powerOff(moref));
        } catch (VimFault fault) {
            if (!fault.is("InvalidPowerState") || state(vm) != wanted) {
                throw fault;
            }
        }
    }
}
