package io.vmferry.spi.target;

/** Names an object on the target. For plain files, {@code kind} is {@code File} and {@code name} the relative path. */
public record ObjectRef(String apiVersion, String kind, String namespace, String name) {
    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
