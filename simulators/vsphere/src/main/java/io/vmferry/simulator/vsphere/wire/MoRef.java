package io.vmferry.simulator.vsphere.wire;

/** A reference to a managed object: {@code <x type="VirtualMachine">vm-42</x>}. */
public record MoRef(String type, String id) {
    @Override
    public String toString() {
        return type + ":" + id;
    }
}
