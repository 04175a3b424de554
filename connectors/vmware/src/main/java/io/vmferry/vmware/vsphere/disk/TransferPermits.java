package io.vmferry.vmware.vsphere.disk;

/**
 * Asked before a disk is read, so that no host and no datastore has to serve more of them at a time than it can bear. Who
 * schedules puts his own in; by itself the connector bounds connections per disk and export leases only.
 */
@FunctionalInterface
public interface TransferPermits {
    /** Everything at once. */
    TransferPermits UNLIMITED = (host, datastore) -> () -> {};

    /**
     * Waits for a place, with a deadline of its own.
     *
     * @param host name of the ESXi host that will be read from, or of the server where the host is not known
     * @param datastore name
     */
    Permit take(String host, String datastore);

    /** A place that was given; closed exactly once, when the disk is. */
    @FunctionalInterface
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }
}
