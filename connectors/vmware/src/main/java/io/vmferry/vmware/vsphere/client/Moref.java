package io.vmferry.vmware.vsphere.client;

/**
 * Names a managed object for as long as the server keeps it: {@code VirtualMachine vm-42}. Unique within one server only.
 *
 * @param type vim25's name of the kind of object
 * @param value the server's id
 */
public record Moref(String type, String value) {
    @Override
    public String toString() {
        return value;
    }
}
