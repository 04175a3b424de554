package io.vmferry.batch.inventory;

import io.vmferry.batch.Endpoints;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.report.VmReport.Failure;
import io.vmferry.spi.source.SourceConfig;
import io.vmferry.spi.source.SourceSession;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Asks sources what they have, VM by VM, without holding them all. */
public final class Inventory {
    private final Endpoints endpoints;

    public Inventory(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** What is to be done with what is found, in the order in which the migration file names sources and they list VMs. */
    public interface Visitor {
        void source(SavedSource source);

        void item(InventoryItem item);
    }

    /** @param progress is told in plain words what is being looked at */
    public void visit(Visitor visitor, Consumer<String> progress) {
        for (SourceConfig config : endpoints.sources()) {
            progress.accept("Looking at source " + config.name());
            SourceSession session = endpoints.source(config.name());
            visitor.source(new SavedSource(config.name(), config.type(), location(config), session.info()));
            try (Stream<VmRef> refs = session.list()) {
                refs.map(ref -> item(session, ref)).forEach(visitor::item);
            }
        }
    }

    private static InventoryItem item(SourceSession session, VmRef ref) {
        try {
            return InventoryItem.of(session.describe(ref));
        } catch (VmferryException e) {
            return new InventoryItem(ref, null, new Failure(e.code().name(), e.subject(), e.reason(), e.remedy()));
        }
    }

    /** Where a source is, for people: its paths, or the server's name. */
    public static String location(SourceConfig config) {
        List<String> paths = config.settings().list("paths");
        return paths.isEmpty() ? config.settings().text("server").orElse("") : String.join(", ", paths);
    }
}
