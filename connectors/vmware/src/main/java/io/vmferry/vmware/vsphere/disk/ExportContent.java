package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteStream;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.vmware.vsphere.http.Fingerprint;
import io.vmferry.vmware.vsphere.http.Trust;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A disk that vSphere exports as one streamOptimized VMDK. The lease is asked for when the first byte is, so that a disk
 * which is only looked at does not lock its VM for longer than the look.
 */
final class ExportContent implements DiskContent.Stream {
    private static final Duration READY = Duration.ofMinutes(5);

    private final DiskPlace place;
    private final String way;
    private final ExportPool pool;
    private final FolderCalls session;
    private final LeaseCalls calls;
    private final TransferPermits.Permit permit;
    private final GrainProgress progress = new GrainProgress();
    private final LeaseStream stream;
    private TransferPermits.@Nullable Permit slot;
    private @Nullable Lease lease;

    ExportContent(
            DiskPlace place,
            String way,
            ExportPool pool,
            FolderCalls session,
            LeaseCalls calls,
            TransferPermits.Permit permit) {
        this.place = place;
        this.way = way;
        this.pool = pool;
        this.session = session;
        this.calls = calls;
        this.permit = permit;
        this.stream = new LeaseStream(place.subject(), this::begin, LeaseStream.SILENCE, progress);
    }

    private LeaseStream.Request begin() {
        slot = pool.take(place.subject());
        Lease made = Lease.open(calls, place, pool.clock(), progress::percent, READY);
        lease = made;
        URI address = address(made.offer().url());
        boolean own = address.getAuthority().equals(session.base().getAuthority());
        String sha1 = made.offer().sha1();
        Trust trust = sha1 == null || sha1.isBlank() || own ? session.trust() : Trust.pinned(Fingerprint.parse(sha1));
        return new LeaseStream.Request(address, trust.tls().getSocketFactory(), own ? session.cookie() : "", made);
    }

    /** A host that was asked itself calls itself {@code *}. */
    private URI address(String url) {
        try {
            String substituted = url.replaceFirst("^https://\\*(:\\d+)?/", session.base() + "/");
            URI address = URI.create(substituted);
            if ("https".equals(address.getScheme()) && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Told below, without the address: it is a secret.
        }
        throw new VmferryException(
                TransferError.EXPORT_REFUSED,
                place.subject(),
                "the export's address is none that can be called",
                "Use transfer: folder for this VM.");
    }

    @Override
    public ByteStream bytes() {
        return stream;
    }

    @Override
    public String version() {
        return "export of "
                + (place.chain().isEmpty() ? place.subject() : place.chain().get(0)) + ", " + place.capacityBytes()
                + " bytes, " + place.contentId();
    }

    @Override
    public String way() {
        return way;
    }

    /** The converter has seen the end mark; what may follow is read before the lease is completed. */
    @Override
    public void verify() {
        Lease open = lease;
        if (open != null) {
            stream.drain();
            open.complete();
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
            if (lease != null) {
                lease.close();
            }
        } finally {
            if (slot != null) {
                slot.close();
            }
            permit.close();
        }
    }
}
