package io.vmferry.rules;

import io.vmferry.rules.load.MigrationLoader;
import io.vmferry.rules.load.RulesLoader;
import io.vmferry.rules.model.MappingRules;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.ImageSummary;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.PlanningFacts;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.target.TargetFeature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A planning in the making: YAML for the decisions, edited sample VMs for the facts. */
public final class PlannerFixture {
    public static final TargetFacts TARGET = new TargetFacts(
            "directory",
            "/out",
            "1.9",
            "1.66",
            EnumSet.allOf(TargetFeature.class),
            Set.of("pod", "multus", "hybridnet"),
            Set.of(),
            List.of("fast", "slow"));

    public static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    public static final String POD_FOR_ALL = "networks: [{name: all, default: true, to: {driver: pod}}]";

    private final MigrationFile file;
    private final MappingRules rules;
    private final List<PlanningFacts> vms = new ArrayList<>();
    private String trust = "local files";

    private PlannerFixture(MigrationFile file, MappingRules rules) {
        this.file = file;
        this.rules = rules;
    }

    /**
     * Decisions as YAML.
     *
     * @param spec further keys of the migration's spec, in flow or block style, indented by nothing; may be empty
     * @param rules the spec of the rules likewise
     */
    public static PlannerFixture of(String spec, String rules) {
        String migration = "apiVersion: vmferry.io/v1\nkind: Migration\nmetadata: {name: m}\nspec:\n"
                + "  sources: [{name: sample, type: files, paths: [x]}]\n  target: {type: directory, path: out}\n"
                + spec.lines().map(line -> "  " + line + "\n").reduce("", String::concat);
        String mapping = "apiVersion: vmferry.io/v1\nkind: MappingRules\nmetadata: {name: r}\nspec:"
                + (rules.isEmpty()
                        ? " {}"
                        : "\n" + rules.lines().map(line -> "  " + line + "\n").reduce("", String::concat));
        return new PlannerFixture(
                MigrationLoader.parse("m.yaml", migration.getBytes(StandardCharsets.UTF_8), Path.of("/base")),
                RulesLoader.parse("r.yaml", mapping.getBytes(StandardCharsets.UTF_8)));
    }

    public PlannerFixture trust(String words) {
        trust = words;
        return this;
    }

    /** A VM whose disks could all be opened. */
    public PlannerFixture with(Vm vm) {
        Map<String, ImageSummary> images = new LinkedHashMap<>();
        Map<String, String> versions = new LinkedHashMap<>();
        for (Disk disk : vm.disks()) {
            if (disk.backing() == Disk.Backing.IMAGE) {
                images.put(disk.key(), streamOptimized(disk.capacityBytes()));
                versions.put(disk.key(), "v1");
            }
        }
        return with(vm, images, Map.of(), versions);
    }

    public PlannerFixture with(
            Vm vm, Map<String, ImageSummary> images, Map<String, String> errors, Map<String, String> versions) {
        vms.add(new PlanningFacts(vm, images, errors, versions, Map.of(), TARGET));
        return this;
    }

    public static ImageSummary streamOptimized(long size) {
        return new ImageSummary("vmdk", "streamOptimized", size, size / 4, size / 10, size / 4, 65_536);
    }

    public Planner planner() {
        return new Planner(file, rules);
    }

    public Plan plan() {
        return planner()
                .plan(
                        TARGET,
                        List.of(new Plan.SourceSummary("sample", "files", "/x", "", "", trust, vms.size())),
                        vms,
                        NOW);
    }

    public VmPlan only() {
        return plan().vms().get(0);
    }

    public static Stream<Finding> findings(Plan plan) {
        return Stream.concat(plan.findings().stream(), plan.vms().stream().flatMap(vm -> vm.findings().stream()));
    }
}
