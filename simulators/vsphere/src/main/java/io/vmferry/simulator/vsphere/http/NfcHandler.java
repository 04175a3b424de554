package io.vmferry.simulator.vsphere.http;

import io.vmferry.converter.vmdk.StreamOptimizedWriter;
import io.vmferry.simulator.vsphere.world.ExportLease;
import io.vmferry.simulator.vsphere.world.Host;
import io.vmferry.simulator.vsphere.world.VmDisk;
import io.vmferry.simulator.vsphere.world.World;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /nfc/LEASE/disk-N.vmdk}: a disk as a streamOptimized VMDK, made while it is sent, without a length and without ranges. The
 * address is the permission. When the lease ends, the stream breaks off.
 */
final class NfcHandler implements Endpoint.Handler {
    private static final Pattern PATH = Pattern.compile("/(?:ha-)?nfc/([^/]+)/disk-(\\d{1,3})\\.(vmdk|nvram)");
    private static final int GRAIN = StreamOptimizedWriter.GRAIN;
    private static final int GRAINS_PER_LOOK = 32;

    private final World world;
    private final Host host;
    private final Served served;

    NfcHandler(World world, Host host, Served served) {
        this.world = world;
        this.host = host;
        this.served = served;
    }

    @Override
    public Reply handle(Request request) {
        Matcher path = PATH.matcher(request.path());
        if (!request.method().equals("GET") || !path.matches()) {
            return Reply.html(path.matches() ? 405 : 404, "Not Found");
        }
        int number = Integer.parseInt(path.group(2));
        synchronized (world) {
            ExportLease lease = world.lease(path.group(1));
            if (lease == null || lease.state() != ExportLease.State.READY || lease.vm.host() != host) {
                return Reply.html(404, "Not Found");
            }
            List<VmDisk> disks = lease.disks();
            if (path.group(3).equals("nvram") && number == disks.size()) {
                return new Reply(
                        200,
                        Map.of("Content-Type", "application/octet-stream"),
                        8684,
                        out -> out.write(new byte[8684]));
            }
            if (path.group(3).equals("nvram") || number >= disks.size()) {
                return Reply.html(404, "Not Found");
            }
            VmDisk disk = disks.get(number);
            int layer = lease.snapshot == null ? disk.layers() - 1 : lease.vm.frozenLayer(disk, lease.snapshot);
            ByteSource view = disk.chain().view(layer);
            String name = "[" + disk.datastore().name() + "] " + disk.descriptorPath(layer);
            served.asked(name, 0, view.size() - 1);
            return new Reply(
                    200,
                    Map.of("Content-Type", "application/x-vnd.vmware-streamVmdk"),
                    Reply.CHUNKED,
                    out -> stream(lease, number, view, name, out));
        }
    }

    private void stream(ExportLease lease, int number, ByteSource view, String name, OutputStream out)
            throws IOException {
        Counted counted = new Counted(out, lease, number, name);
        try (StreamOptimizedWriter writer = StreamOptimizedWriter.create(
                Channels.newChannel(counted), name, view.size(), "disk-" + number + ".vmdk", 0x5f3759df)) {
            ByteBuffer grain = ByteBuffer.allocate(GRAIN);
            int grains = 0;
            for (long at = next(view, 0); at < view.size(); at = next(view, at + GRAIN)) {
                if (grains++ % GRAINS_PER_LOOK == 0 && !ready(lease)) {
                    throw new IOException("the lease has ended");
                }
                grain.clear().limit((int) Math.min(GRAIN, view.size() - at));
                view.read(at, grain);
                writer.grain(at / 512, grain.flip());
            }
            if (!ready(lease)) {
                throw new IOException("the lease has ended");
            }
            writer.finish();
        } catch (VmferryException e) {
            throw new IOException(e);
        }
    }

    /** The grain in which the next data begins. */
    private static long next(ByteSource view, long offset) {
        if (offset >= view.size()) {
            return view.size();
        }
        long data = view.zerosUntil(offset);
        return data >= view.size() ? view.size() : Math.max(offset, data / GRAIN * GRAIN);
    }

    private boolean ready(ExportLease lease) {
        synchronized (world) {
            world.tick();
            return lease.state() == ExportLease.State.READY;
        }
    }

    /** Counts what is sent, for the manifest and for tests. */
    private final class Counted extends OutputStream {
        private final OutputStream out;
        private final ExportLease lease;
        private final int number;
        private final String name;
        private long total;

        Counted(OutputStream out, ExportLease lease, int number, String name) {
            this.out = out;
            this.lease = lease;
            this.number = number;
            this.name = name;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            total += length;
            lease.sent(number, total);
            served.sent(name, length);
        }
    }
}
