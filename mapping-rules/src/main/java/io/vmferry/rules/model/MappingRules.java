package io.vmferry.rules.model;

import io.vmferry.rules.match.NetworkMatch;
import io.vmferry.rules.match.StorageMatch;
import io.vmferry.rules.match.VmMatch;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A {@code MappingRules} document. In every list the first rule that matches decides.
 */
public record MappingRules(
        String name,
        List<MappingRule<VmMatch, PlacementTarget>> placement,
        List<MappingRule<NetworkMatch, NetworkTarget>> networks,
        List<MappingRule<StorageMatch, StorageTarget>> storage,
        List<MappingRule<VmMatch, ComputeTarget>> compute) {
    /** No rules at all. */
    public static final MappingRules NONE = new MappingRules("", List.of(), List.of(), List.of(), List.of());

    public MappingRules {
        placement = List.copyOf(placement);
        networks = List.copyOf(networks);
        storage = List.copyOf(storage);
        compute = List.copyOf(compute);
    }

    /** The first rule whose condition holds; a default's always does. */
    public static <M, T> Optional<MappingRule<M, T>> first(List<MappingRule<M, T>> rules, Predicate<M> holds) {
        return rules.stream()
                .filter(rule -> rule.match() == null || holds.test(rule.match()))
                .findFirst();
    }
}
