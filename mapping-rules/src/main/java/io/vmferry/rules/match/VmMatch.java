package io.vmferry.rules.match;

import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Placement;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Conditions on a VM; all that are given must hold.
 *
 * @param source name of the source in the migration file
 * @param folder matches the folder and everything below it
 * @param tag by category; one of the VM's values must match
 * @param guestFamily empty: any
 */
public record VmMatch(
        TextMatch source,
        TextMatch vm,
        TextMatch folder,
        TextMatch cluster,
        Map<String, TextMatch> tag,
        Set<GuestOs.Family> guestFamily,
        TextMatch guestId) {
    /** Every VM. */
    public static final VmMatch ANY =
            new VmMatch(TextMatch.ANY, TextMatch.ANY, TextMatch.ANY, TextMatch.ANY, Map.of(), Set.of(), TextMatch.ANY);

    public VmMatch {
        tag = Map.copyOf(tag);
        guestFamily = Set.copyOf(guestFamily);
    }

    public boolean matches(Vm candidate) {
        Placement placement = candidate.placement();
        return mayMatch(candidate.ref())
                && inFolder(placement.folder())
                && cluster.matches(placement.cluster())
                && tag.entrySet().stream().allMatch(wanted -> tagged(candidate, wanted.getKey(), wanted.getValue()))
                && (guestFamily.isEmpty()
                        || guestFamily.contains(candidate.guest().family()))
                && guestId.matches(candidate.guest().id());
    }

    /** Whether a VM of which only the name is known could match; saves describing those that cannot. */
    public boolean mayMatch(VmRef ref) {
        return source.matches(ref.source()) && vm.matches(ref.name());
    }

    /** A folder matches with all that lies below, so every folder on the way up is tried. */
    private boolean inFolder(String path) {
        if (folder.isAny()) {
            return true;
        }
        String here = path;
        while (true) {
            // "/x/*" is how people write "everything in /x", so it takes /x itself, too.
            if (folder.matches(here) || folder.matches(here + "/")) {
                return true;
            }
            int slash = here.lastIndexOf('/');
            if (slash <= 0) {
                return false;
            }
            here = here.substring(0, slash);
        }
    }

    private static boolean tagged(Vm candidate, String category, TextMatch wanted) {
        return candidate.tags().getOrDefault(category, List.of()).stream().anyMatch(wanted::matches);
    }
}
