package io.vmferry.spi.target;

import java.util.List;
import java.util.Set;

/**
 * What the target is and can express; saved with the plan.
 *
 * @param type {@link TargetConnector#type}
 * @param location folder or cluster, for people, without secrets
 * @param kubevirtVersion {@code 1.9} and the like; what manifests are written for
 * @param cdiVersion likewise
 * @param features what can be written there
 * @param networkDrivers {@link NetworkDriver#type} of those that can be used
 * @param architectures of its nodes, as KubeVirt names them; empty unknown
 * @param storageClasses known ones; empty unknown
 */
public record TargetFacts(
        String type,
        String location,
        String kubevirtVersion,
        String cdiVersion,
        Set<TargetFeature> features,
        Set<String> networkDrivers,
        Set<String> architectures,
        List<String> storageClasses) {
    public TargetFacts {
        features = Set.copyOf(features);
        networkDrivers = Set.copyOf(networkDrivers);
        architectures = Set.copyOf(architectures);
        storageClasses = List.copyOf(storageClasses);
    }

    public boolean can(TargetFeature feature) {
        return features.contains(feature);
    }
}
