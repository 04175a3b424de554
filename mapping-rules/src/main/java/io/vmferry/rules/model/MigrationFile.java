package io.vmferry.rules.model;

import io.vmferry.spi.source.SourceConfig;
import io.vmferry.spi.target.TargetConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Migration} document. Paths are absolute or relative to where the document's own relative path was.
 *
 * @param name DNS-1123 label; part of the labels of everything that is created
 * @param namespace for VMs that no rule places elsewhere
 * @param rulesFile null when there is none
 * @param mapping rules written into the document itself; null when there are none. Never both
 * @param store where runs are kept, without H2's file extension
 */
public record MigrationFile(
        String name,
        List<SourceConfig> sources,
        TargetConfig target,
        String namespace,
        Selection select,
        @Nullable Path rulesFile,
        @Nullable MappingRules mapping,
        Transfer transfer,
        Policy policy,
        List<VmOverride> overrides,
        Path store) {
    public static final String DEFAULT_NAMESPACE = "default";

    public MigrationFile {
        sources = List.copyOf(sources);
        overrides = List.copyOf(overrides);
    }

    /** The same with one more override; what is said about that VM already stays where the new one is silent. */
    public MigrationFile with(VmOverride added) {
        List<VmOverride> changed = new ArrayList<>(overrides);
        for (int i = 0; i < changed.size(); i++) {
            VmOverride there = changed.get(i);
            if (there.vm().equals(added.vm()) && Objects.equals(there.source(), added.source())) {
                changed.set(i, there.overlaidBy(added));
                return withOverrides(changed);
            }
        }
        changed.add(added);
        return withOverrides(changed);
    }

    private MigrationFile withOverrides(List<VmOverride> changed) {
        return new MigrationFile(
                name, sources, target, namespace, select, rulesFile, mapping, transfer, policy, changed, store);
    }
}
