package io.vmferry.simulator.vsphere;

import io.vmferry.simulator.vsphere.http.Endpoint;
import io.vmferry.simulator.vsphere.http.Faults;
import io.vmferry.simulator.vsphere.http.Served;
import io.vmferry.simulator.vsphere.http.Site;
import io.vmferry.simulator.vsphere.world.Host;
import io.vmferry.simulator.vsphere.world.SimulatedClock;
import io.vmferry.simulator.vsphere.world.World;
import java.net.URI;

/**
 * A running vCenter with its ESXi hosts.
 *
 * <pre>{@code
 * World world = new World(1);
 * Vm web = world.vm("web", vm -> {
 *     vm.poweredOn = true;
 *     vm.disk(1L << 30).filled(0.2);
 *     vm.nic(world.vmNetwork).address("10.0.0.5/24");
 * });
 * try (VsphereSimulator simulator = VsphereSimulator.start(world)) {
 *     URI sdk = simulator.sdk();                       // log in with World.USER and World.PASSWORD
 *     simulator.faults().onFolder().dropAfter(1 << 20);
 *     simulator.clock().advance(Duration.ofMinutes(31)); // sessions expire
 * }
 * }</pre>
 *
 * <p>Safe for many threads. Whatever is read or changed in the world while it runs needs the world's lock: {@code synchronized
 * (simulator.world())}. Closing breaks all connections off.
 */
public final class VsphereSimulator implements AutoCloseable {
    private final World world;
    private final Site site;

    private VsphereSimulator(World world) {
        this.world = world;
        this.site = new Site(world);
    }

    /** Starts servers on free ports. Hosts must have been added before; machines may come later. */
    public static VsphereSimulator start(World world) {
        return new VsphereSimulator(world);
    }

    public World world() {
        return world;
    }

    public SimulatedClock clock() {
        return world.clock();
    }

    /** The vCenter's server. */
    public Endpoint vcenter() {
        return site.vcenter();
    }

    /** A host's server. */
    public Endpoint esxi(Host host) {
        return site.host(host);
    }

    /** Address of the vCenter's web services. */
    public URI sdk() {
        return vcenter().uri().resolve("/sdk");
    }

    /** The authority that signed all certificates, as PEM. */
    public String caPem() {
        return site.caPem();
    }

    public Faults faults() {
        return site.faults();
    }

    /** What was downloaded. */
    public Served served() {
        return site.served();
    }

    /** Sessions of the web services that are open at a server. */
    public int openSessions(Endpoint endpoint) {
        synchronized (world) {
            return site.openSessions(endpoint);
        }
    }

    /** Ends all sessions everywhere. */
    public void expireSessions() {
        synchronized (world) {
            site.expireSessions();
        }
    }

    /** Ends all export leases as if nobody had reported progress. */
    public void expireLeases() {
        synchronized (world) {
            world.openLeases().forEach(lease -> lease.expire());
        }
    }

    /** Leases that were given out and not ended. */
    public int openLeases() {
        synchronized (world) {
            return world.openLeases().size();
        }
    }

    /** Snapshots that exist, of all machines. */
    public int snapshots() {
        synchronized (world) {
            return world.snapshots().size();
        }
    }

    @Override
    public void close() {
        site.close();
    }
}
