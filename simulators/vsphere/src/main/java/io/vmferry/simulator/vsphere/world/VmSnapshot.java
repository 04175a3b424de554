package io.vmferry.simulator.vsphere.world;

import java.time.Instant;

/** A snapshot of a machine. Snapshots of one machine form a line. */
public final class VmSnapshot extends Entity {
    public final Vm vm;
    public final String description;
    /** Number of the snapshot within its machine. */
    public final int number;

    public final Instant created;
    public final boolean quiesced;
    /** The machine ran, and its memory was kept. */
    public final boolean memory;

    VmSnapshot(Vm vm, String id, String name, String description, int number, boolean quiesced, boolean memory) {
        super("VirtualMachineSnapshot", id, vm, name);
        this.vm = vm;
        this.description = description;
        this.number = number;
        this.created = vm.world.clock().now();
        this.quiesced = quiesced;
        this.memory = memory;
    }

    /** Place in the machine's line, which is also the layer that it froze; -1 when it was removed. */
    public int index() {
        return vm.snapshots.indexOf(this);
    }
}
