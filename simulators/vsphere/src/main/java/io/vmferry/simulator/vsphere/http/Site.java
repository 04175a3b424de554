package io.vmferry.simulator.vsphere.http;

import io.vmferry.simulator.vsphere.soap.Sessions;
import io.vmferry.simulator.vsphere.soap.SoapService;
import io.vmferry.simulator.vsphere.world.Host;
import io.vmferry.simulator.vsphere.world.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** All servers of one world: a vCenter and its hosts, each with a port, a certificate and sessions of its own. */
public final class Site implements AutoCloseable {
    /** Enough for several clients with eight connections each; a stalled download holds one. */
    private static final int THREADS = 96;

    private final Issuer issuer = new Issuer("vmferry simulator CA");
    private final Faults faults = new Faults();
    private final Served served = new Served();
    private final ThreadPoolExecutor threads;
    private final Endpoint vcenter;
    private final TagHandler tags;
    private final Map<Host, Endpoint> hosts = new LinkedHashMap<>();
    private final Map<Endpoint, Sessions> sessions = new LinkedHashMap<>();

    public Site(World world) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "vsphere-simulator-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
        Sessions.Tickets tickets = new Sessions.Tickets(world);
        tags = new TagHandler(world);
        vcenter = new Endpoint("vcenter.sim.test", issuer, faults, threads);
        for (Host host : world.hosts()) {
            Endpoint endpoint = new Endpoint(host.name(), issuer, faults, threads);
            host.port = endpoint.port();
            host.thumbprint = endpoint.sha1();
            hosts.put(host, endpoint);
        }
        SoapService service = new SoapService(SoapService.vcenter(world), tickets);
        sessions.put(vcenter, service.sessions());
        Map<String, Endpoint.Route> routes = new LinkedHashMap<>();
        routes.put("/sdk", new Endpoint.Route(Part.SOAP, service));
        routes.put(
                "/folder",
                new Endpoint.Route(Part.FOLDER, new FolderHandler(world, null, service.sessions(), tickets, served)));
        routes.put("/api/", new Endpoint.Route(Part.REST, tags));
        routes.put("/rest/", new Endpoint.Route(Part.REST, tags));
        vcenter.start(routes);
        hosts.forEach((host, endpoint) -> start(world, host, endpoint, tickets));
    }

    private void start(World world, Host host, Endpoint endpoint, Sessions.Tickets tickets) {
        SoapService service = new SoapService(SoapService.host(world, host), tickets);
        sessions.put(endpoint, service.sessions());
        Map<String, Endpoint.Route> routes = new LinkedHashMap<>();
        routes.put("/sdk", new Endpoint.Route(Part.SOAP, service));
        routes.put(
                "/folder",
                new Endpoint.Route(Part.FOLDER, new FolderHandler(world, host, service.sessions(), tickets, served)));
        Endpoint.Route exports = new Endpoint.Route(Part.NFC, new NfcHandler(world, host, served));
        routes.put("/nfc/", exports);
        routes.put("/ha-nfc/", exports);
        endpoint.start(routes);
    }

    public Endpoint vcenter() {
        return vcenter;
    }

    public Endpoint host(Host host) {
        Endpoint endpoint = hosts.get(host);
        if (endpoint == null) {
            throw new IllegalArgumentException(host.name() + " was added after the start");
        }
        return endpoint;
    }

    public String caPem() {
        return issuer.pem();
    }

    public Faults faults() {
        return faults;
    }

    public Served served() {
        return served;
    }

    public int openSessions(Endpoint endpoint) {
        Sessions each = sessions.get(endpoint);
        return each == null ? 0 : each.count();
    }

    public void expireSessions() {
        sessions.values().forEach(Sessions::expireAll);
        tags.expireAll();
    }

    @Override
    public void close() {
        faults.clear();
        vcenter.close();
        hosts.values().forEach(Endpoint::close);
        threads.shutdownNow();
    }
}
