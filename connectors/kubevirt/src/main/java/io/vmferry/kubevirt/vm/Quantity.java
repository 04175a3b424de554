package io.vmferry.kubevirt.vm;

/** Sizes in the notation of Kubernetes. */
final class Quantity {
    private static final long MI = 1L << 20;
    private static final long GI = 1L << 30;

    private Quantity() {}

    /** Guest memory: in Mi, as people know it from their hypervisor; in bytes where it is no whole number of them. */
    static String memory(long bytes) {
        return bytes % MI == 0 ? bytes / MI + "Mi" : Long.toString(bytes);
    }

    /** A volume: in the largest unit that says it exactly. */
    static String storage(long bytes) {
        return bytes % GI == 0 ? bytes / GI + "Gi" : memory(bytes);
    }
}
