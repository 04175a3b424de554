package io.vmferry.reports.view;

import java.util.List;

/**
 * All findings of one code.
 *
 * @param message and remedy of the first of them
 * @param vms those it was found on, the first few
 * @param more how many further ones; empty none
 */
public record FindingGroup(
        Badge badge, String code, String count, String message, String remedy, List<Link> vms, String more) {
    public FindingGroup {
        vms = List.copyOf(vms);
    }
}
