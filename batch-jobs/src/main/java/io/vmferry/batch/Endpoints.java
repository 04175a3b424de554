package io.vmferry.batch;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.source.SourceConfig;
import io.vmferry.spi.source.SourceConnector;
import io.vmferry.spi.source.SourceSession;
import io.vmferry.spi.target.TargetConfig;
import io.vmferry.spi.target.TargetConnector;
import io.vmferry.spi.target.TargetSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sources and the target of one migration, each opened when it is first asked for. Safe for many threads. */
public final class Endpoints implements AutoCloseable {
    private final Map<String, SourceConfig> configs = new LinkedHashMap<>();
    private final TargetConfig targetConfig;
    private final Map<String, SourceSession> sources = new LinkedHashMap<>();
    private @Nullable TargetSession target;

    public Endpoints(List<SourceConfig> sources, TargetConfig target) {
        sources.forEach(config -> configs.put(config.name(), config));
        this.targetConfig = target;
    }

    /** The same, with some sources already open, for instance from a saved inventory; closed with the others. */
    public static Endpoints with(
            Map<String, ? extends SourceSession> open, List<SourceConfig> sources, TargetConfig target) {
        Endpoints endpoints = new Endpoints(sources, target);
        endpoints.sources.putAll(open);
        return endpoints;
    }

    public List<SourceConfig> sources() {
        return List.copyOf(configs.values());
    }

    public synchronized SourceSession source(String name) {
        SourceSession open = sources.get(name);
        if (open == null) {
            SourceConfig config = configs.get(name);
            if (config == null) {
                throw new VmferryException(
                        BatchError.SOURCE_UNKNOWN,
                        "source " + name,
                        "the migration file has no source of that name",
                        "Use the migration file that this run was started with.");
            }
            open = connector(config).open(config);
            sources.put(name, open);
        }
        return open;
    }

    public synchronized TargetSession target() {
        TargetSession open = target;
        if (open == null) {
            open = ServiceLoader.load(TargetConnector.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(connector -> connector.type().equals(targetConfig.type()))
                    .findFirst()
                    .orElseThrow(() -> noSuchType("target", targetConfig.type(), targetTypes()))
                    .open(targetConfig);
            target = open;
        }
        return open;
    }

    private static SourceConnector connector(SourceConfig config) {
        return ServiceLoader.load(SourceConnector.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(connector -> connector.type().equals(config.type()))
                .findFirst()
                .orElseThrow(() -> noSuchType("source " + config.name(), config.type(), sourceTypes()));
    }

    private static String sourceTypes() {
        return ServiceLoader.load(SourceConnector.class).stream()
                .map(provider -> provider.get().type())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String targetTypes() {
        return ServiceLoader.load(TargetConnector.class).stream()
                .map(provider -> provider.get().type())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static VmferryException noSuchType(String subject, String type, String known) {
        return new VmferryException(
                BatchError.TYPE_UNKNOWN,
                subject,
                "there is no connector of type \"" + type + "\"",
                "Use one of: " + known + ".");
    }

    @Override
    public synchronized void close() {
        for (SourceSession source : sources.values()) {
            source.close();
        }
        sources.clear();
        if (target != null) {
            target.close();
            target = null;
        }
    }
}
