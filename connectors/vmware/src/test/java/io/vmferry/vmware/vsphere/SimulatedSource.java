package io.vmferry.vmware.vsphere;

import io.vmferry.simulator.vsphere.VsphereSimulator;
import io.vmferry.simulator.vsphere.http.Endpoint;
import io.vmferry.simulator.vsphere.world.World;
import io.vmferry.spi.config.Settings;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.Described;
import io.vmferry.spi.source.SourceConfig;
import io.vmferry.spi.source.SourceSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A source of type {@code vsphere} whose server is simulated. */
public final class SimulatedSource {
    private SimulatedSource() {}

    /** @param folder for the password's file */
    public static SourceConfig config(Endpoint server, Path folder, Map<String, List<String>> more) {
        try {
            Files.writeString(folder.resolve("password"), World.PASSWORD + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("server", List.of(server.uri().getAuthority()));
        values.put("user", List.of(World.USER));
        values.put("passwordFile", List.of("password"));
        values.put("trust.sha256", List.of(server.sha256()));
        values.putAll(more);
        return new SourceConfig("vc", "vsphere", new Settings(values, folder));
    }

    public static SourceSession open(VsphereSimulator simulator, Path folder) {
        return new VsphereConnector().open(config(simulator.vcenter(), folder, Map.of()));
    }

    public static List<VmRef> refs(SourceSession session) {
        try (Stream<VmRef> refs = session.list()) {
            return refs.toList();
        }
    }

    public static VmRef ref(SourceSession session, String name) {
        return refs(session).stream()
                .filter(ref -> ref.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public static Vm vm(SourceSession session, String name) {
        return session.describe(ref(session, name));
    }

    public static List<Described> all(SourceSession session) {
        try (Stream<Described> all = session.describeAll(refs(session))) {
            return all.toList();
        }
    }
}
