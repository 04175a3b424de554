package io.vmferry.reports.view;

import io.vmferry.reports.text.Visible;
import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.plan.NicPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What becomes of network cards: the first question of everybody who runs the guests. */
final class NicCards {
    private final Wording wording;

    NicCards(Wording wording) {
        this.wording = wording;
    }

    List<NicCard> of(List<NicPlan> nics) {
        return nics.stream().map(this::card).toList();
    }

    /** One line per card for the table. */
    List<String> lines(List<NicPlan> nics) {
        return nics.isEmpty()
                ? List.of(wording.text("none"))
                : nics.stream()
                        .map(nic -> Visible.text(nic.nic().network().name()) + " → " + driver(nic))
                        .toList();
    }

    private NicCard card(NicPlan nic) {
        boolean mapped = !nic.driver().isEmpty();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                wording.text("nic.ip"),
                nic.addresses().isEmpty()
                        ? wording.words.name("ip", nic.ipPolicy())
                        : Wording.addresses(nic.addresses()),
                nic.addresses().isEmpty() ? "" : wording.words.name("ip", nic.ipPolicy()),
                false,
                false));
        facts.add(Fact.noted(
                wording.text("nic.mac"),
                nic.mac() == null ? wording.text("nic.mac.generated") : Visible.text(nic.mac()),
                wording.words.name("mac", nic.macPolicy())));
        GuestInterface guest = nic.nic().guest();
        if (guest != null) {
            facts.add(Fact.noted(
                    wording.text("nic.guest"),
                    guest.addresses().isEmpty() ? wording.text("none") : Wording.addresses(guest.addresses()),
                    wording.given(guest.name())
                            + wording.text("list.comma")
                            + wording.words.name("origin", guest.origin())));
        }
        facts.add(Fact.of(
                wording.text("nic.model"), wording.given(nic.nic().model()) + " → " + wording.given(nic.model())));
        if (mapped) {
            facts.add(Fact.of(wording.text("nic.binding"), wording.given(nic.binding())));
            facts.add(Fact.of(wording.text("rule"), rule(nic.rule())));
        }
        if (!nic.settings().isEmpty()) {
            String settings = nic.settings().entrySet().stream()
                    .map(e -> Visible.text(e.getKey() + "=" + e.getValue()))
                    .collect(Collectors.joining(", "));
            facts.add(Fact.of(wording.text("nic.settings"), settings));
        }
        Badge badge = !mapped
                ? new Badge(Tone.BAD, wording.text("nic.unmapped"))
                : nic.connected()
                        ? new Badge(Tone.GOOD, wording.text("nic.connected"))
                        : new Badge(Tone.IDLE, wording.text("nic.disconnected"));
        return new NicCard(
                Visible.text(nic.nic().label()),
                Visible.text(nic.nic().network().name()),
                driver(nic),
                badge,
                facts);
    }

    private String driver(NicPlan nic) {
        return nic.driver().isEmpty() ? wording.text("nic.nowhere") : Visible.text(nic.driver());
    }

    private String rule(String name) {
        return name.isEmpty() ? wording.text("none") : Visible.text(name);
    }
}
