package io.vmferry.rules.check;

import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.Vm;

/** How findings name what they are about. */
public final class Subject {
    private Subject() {}

    public static String of(Vm vm) {
        return vm.name();
    }

    public static String of(Vm vm, Disk disk) {
        return vm.name() + " / " + disk.label();
    }

    public static String of(Vm vm, Nic nic) {
        return vm.name() + " / " + nic.label();
    }
}
