package io.vmferry.reports.csv;

import io.vmferry.spi.model.GuestInterface.Address;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.Severity;
import java.util.List;
import java.util.stream.Collectors;

/** Several facts in one cell, with {@code "; "} between them. */
final class Joined {
    private Joined() {}

    static String networks(List<NicPlan> nics) {
        return join(
                nics, nic -> nic.nic().network().name() + " -> " + (nic.driver().isEmpty() ? "?" : nic.driver()));
    }

    static String macs(List<NicPlan> nics) {
        return join(nics, nic -> nic.mac() == null ? nic.macPolicy().name() : nic.mac());
    }

    static String addresses(List<NicPlan> nics) {
        return join(
                nics,
                nic -> nic.ipPolicy()
                        + nic.addresses().stream().map(Joined::address).collect(Collectors.joining()));
    }

    private static String address(Address address) {
        return " " + address.ip() + "/" + address.prefixLength();
    }

    static String codes(List<Finding> findings) {
        return findings.stream().map(Finding::code).distinct().collect(Collectors.joining("; "));
    }

    static long count(List<Finding> findings, Severity severity) {
        return findings.stream().filter(f -> f.severity() == severity).count();
    }

    private static String join(List<NicPlan> nics, java.util.function.Function<NicPlan, String> text) {
        return nics.stream().map(text).collect(Collectors.joining("; "));
    }
}
