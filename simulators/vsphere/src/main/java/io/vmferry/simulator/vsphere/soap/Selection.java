package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.SoapFault;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the objects that a filter names, by walking its steps. Used by one thread under the world's lock. */
final class Selection {
    private final Managed managed;
    private final Set<MoRef> selected = new LinkedHashSet<>();
    private final Set<Visit> visited = new HashSet<>();

    private record Visit(MoRef object, int steps) {}

    private Selection(Managed managed) {
        this.managed = managed;
    }

    static Set<MoRef> of(FilterSpec spec, Managed managed) {
        Selection selection = new Selection(managed);
        for (FilterSpec.Start start : spec.starts()) {
            if (managed.find(start.object()) == null) {
                throw SoapFault.notFound(start.object());
            }
            selection.visit(start.object(), start.skip(), start.steps());
        }
        return selection.selected;
    }

    private void visit(MoRef object, boolean skip, List<FilterSpec.Step> steps) {
        if (!skip) {
            selected.add(object);
        }
        if (steps.isEmpty() || !visited.add(new Visit(object, System.identityHashCode(steps)))) {
            return;
        }
        Managed.Source source = managed.find(object);
        if (source == null) {
            return;
        }
        for (FilterSpec.Step step : steps) {
            if (!Managed.isA(object.type(), step.type())) {
                continue;
            }
            Object value = source.path(step.path());
            if (value instanceof MoRef next) {
                visit(next, step.skip(), step.next());
            } else if (value instanceof List<?> list) {
                for (Object each : list) {
                    if (each instanceof MoRef next) {
                        visit(next, step.skip(), step.next());
                    }
                }
            }
        }
    }
}
