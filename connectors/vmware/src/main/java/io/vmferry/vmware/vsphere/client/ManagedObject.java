package io.vmferry.vmware.vsphere.client;

import java.util.Map;

/**
 * What the property collector tells about one object.
 *
 * @param properties as a tree: {@code config.hardware} that was asked for by this path is found by it, arrays are repeated
 *     children
 * @param missing path to the fault's type, of what exists and could not be read
 */
public record ManagedObject(Moref ref, XmlNode properties, Map<String, String> missing) {
    /** The object vanished while the inventory was read. */
    public boolean gone() {
        return missing.containsValue("ManagedObjectNotFound");
    }
}
