package io.vmferry.reports.view;

import io.vmferry.reports.text.Visible;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The machine itself, before and after. */
final class Machine {
    private final Wording wording;

    Machine(Wording wording) {
        this.wording = wording;
    }

    List<Compare> compared(VmPlan plan) {
        Vm vm = plan.vm();
        TargetVm target = plan.target();
        List<Compare> rows = new ArrayList<>();
        rows.add(row("vm.name", Visible.text(vm.name()), wording.given(target.name())));
        rows.add(row("vm.cpu", wording.cpu(vm.cpu()), wording.cpu(target.cpu())));
        rows.add(row("vm.memory", wording.units.bytes(vm.memoryBytes()), wording.units.bytes(target.memoryBytes())));
        rows.add(row("vm.firmware", wording.firmware(vm.firmware()), wording.firmware(target.firmware())));
        rows.add(row("vm.uuid", wording.given(vm.identity().biosUuid()), wording.given(target.uuid())));
        if (vm.identity().serial() != null || target.serial() != null) {
            rows.add(row("vm.serial", wording.given(vm.identity().serial()), wording.given(target.serial())));
        }
        rows.add(row("vm.clock", wording.given(vm.clock()), wording.given(target.clock())));
        rows.add(same("vm.guest", wording.given(vm.guest().fullName()), profile(target)));
        rows.add(same("vm.power", wording.words.name("power", vm.power()), start(target)));
        rows.add(same("vm.placement", wording.given(vm.placement().folder()), wording.given(target.namespace())));
        if (!vm.devices().isEmpty()) {
            String devices = vm.devices().stream()
                    .map(d -> Visible.text(d.label() + (d.detail().isEmpty() ? "" : " (" + d.detail() + ")")))
                    .collect(Collectors.joining(", "));
            rows.add(row("vm.devices", devices, wording.text("vm.devices.left")));
        }
        if (!vm.snapshots().isEmpty()) {
            String names =
                    vm.snapshots().stream().map(s -> Visible.text(s.name())).collect(Collectors.joining(", "));
            rows.add(row("vm.snapshots", names, wording.text("vm.snapshots.left")));
        }
        if (!vm.annotation().isBlank()) {
            rows.add(same("vm.note", Visible.text(vm.annotation()), ""));
        }
        labels(rows, target);
        return rows;
    }

    /** The target's side alone. */
    List<Compare> made(TargetVm target) {
        List<Compare> rows = new ArrayList<>();
        rows.add(same("vm.name", "", wording.target(target)));
        rows.add(same("vm.cpu", "", wording.cpu(target.cpu())));
        rows.add(same("vm.memory", "", wording.units.bytes(target.memoryBytes())));
        rows.add(same("vm.firmware", "", wording.firmware(target.firmware())));
        rows.add(same("vm.uuid", "", wording.given(target.uuid())));
        rows.add(same("vm.clock", "", wording.given(target.clock())));
        rows.add(same("vm.profile", "", profile(target)));
        rows.add(same("vm.power", "", start(target)));
        labels(rows, target);
        return rows;
    }

    private void labels(List<Compare> rows, TargetVm target) {
        for (Map<String, String> map : List.of(target.labels(), target.annotations())) {
            map.forEach((key, value) -> rows.add(new Compare(Visible.text(key), "", wording.given(value), false)));
        }
    }

    private String profile(TargetVm target) {
        return switch (target.profile()) {
            case TargetVm.VIRTIO -> wording.text("profile.virtio");
            case TargetVm.BOOT_SAFE -> wording.text("profile.boot-safe");
            default -> Visible.text(target.profile());
        };
    }

    private String start(TargetVm target) {
        return wording.text(target.start() ? "vm.started" : "vm.halted");
    }

    private Compare row(String key, String source, String target) {
        return new Compare(wording.text(key), source, target, !source.equals(target));
    }

    /** For facts that are of another kind on the two sides, where a mark for "changed" would say nothing. */
    private Compare same(String key, String source, String target) {
        return new Compare(wording.text(key), source, target, false);
    }
}
