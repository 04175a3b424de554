package io.vmferry.vmware.vsphere.disk;

import io.vmferry.vmware.vsphere.client.Moref;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls of an export lease (HttpNfcLease). Safe for many threads. */
public interface LeaseCalls {
    /** Asks for a lease on the VM, or on the snapshot that the place names. The VM is locked until the lease ends. */
    Moref export(DiskPlace place);

    State state(Moref lease);

    /** Renews the lease. */
    void progress(Moref lease, int percent);

    void complete(Moref lease);

    void abort(Moref lease);

    /**
     * @param phase {@code initializing}, {@code ready}, {@code done}, {@code error}
     * @param error what the server says went wrong; empty nothing
     * @param timeout within which the next sign of life is due; zero unknown
     * @param files that the lease offers, once it is ready
     */
    record State(String phase, String error, Duration timeout, List<Offer> files) {
        public State {
            files = List.copyOf(files);
        }
    }

    /**
     * One file of an export.
     *
     * @param key names the disk: {@code /vm-42/ParaVirtualSCSIController0:1}
     * @param url a secret; its host may be {@code *}
     * @param sha1 fingerprint of the host's certificate; null or empty unknown
     * @param disk false for what comes beside disks
     */
    record Offer(String key, String url, @Nullable String sha1, boolean disk) {
        @Override
        public String toString() {
            return key;
        }
    }
}
