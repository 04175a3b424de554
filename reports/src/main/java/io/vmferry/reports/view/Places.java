package io.vmferry.reports.view;

import io.vmferry.reports.text.Visible;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.target.TargetFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Sources and target as cards. */
final class Places {
    private final Wording wording;

    Places(Wording wording) {
        this.wording = wording;
    }

    List<Page.Place> of(List<Plan.SourceSummary> sources, TargetFacts target) {
        List<Page.Place> places = new ArrayList<>();
        for (Plan.SourceSummary source : sources) {
            places.add(new Page.Place(
                    wording.text("place.source"),
                    Visible.text(source.name()),
                    List.of(
                            Fact.of(wording.text("place.type"), wording.given(source.type())),
                            Fact.mono(wording.text("place.location"), wording.given(source.location())),
                            Fact.of(
                                    wording.text("place.product"),
                                    wording.given((source.product() + " " + source.version()).strip())),
                            Fact.of(wording.text("place.trust"), wording.given(source.trust())),
                            Fact.of(wording.text("place.vms"), wording.units.count(source.vms())))));
        }
        List<String> cannot = new ArrayList<>();
        for (TargetFeature feature : TargetFeature.values()) {
            if (!target.can(feature)) {
                cannot.add(wording.words.name("feature", feature));
            }
        }
        places.add(new Page.Place(
                wording.text("place.target"),
                Visible.text(target.type()),
                List.of(
                        Fact.mono(wording.text("place.location"), wording.given(target.location())),
                        Fact.of(
                                wording.text("place.versions"),
                                "KubeVirt " + wording.given(target.kubevirtVersion()) + ", CDI "
                                        + wording.given(target.cdiVersion())),
                        Fact.of(wording.text("place.drivers"), join(new TreeSet<>(target.networkDrivers()))),
                        Fact.of(wording.text("place.storage"), join(target.storageClasses())),
                        Fact.of(
                                wording.text("place.cannot"),
                                cannot.isEmpty() ? wording.text("place.cannot.nothing") : String.join(", ", cannot)))));
        return places;
    }

    private String join(Iterable<String> names) {
        String joined = String.join(", ", names);
        return joined.isEmpty() ? wording.text("unknown") : Visible.text(joined);
    }
}
