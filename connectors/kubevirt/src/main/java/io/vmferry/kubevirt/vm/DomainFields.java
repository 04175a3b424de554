package io.vmferry.kubevirt.vm;

import io.vmferry.kubevirt.syntax.FirmwareSerial;
import io.vmferry.kubevirt.yaml.Fields;
import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.target.TargetFeature;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Processor, memory, firmware, features and clock: {@code template.spec.domain} without its devices. */
final class DomainFields {
    /** Retries before a spinning Windows guest tells the hypervisor; the value of KubeVirt's own templates. */
    private static final int SPINLOCK_RETRIES = 8191;

    private final TargetFacts facts;

    DomainFields(TargetFacts facts) {
        this.facts = facts;
    }

    Fields of(VmPlan vm) {
        TargetVm target = vm.target();
        boolean windows = isWindows(vm);
        return Fields.with("machine", Fields.with("type", target.machine()))
                .and("cpu", cpu(target.cpu()))
                .and("memory", Fields.with("guest", Quantity.memory(target.memoryBytes())))
                .and("firmware", firmware(target))
                .and("features", features(target.firmware(), windows))
                .and("clock", clock(target.clock(), windows));
    }

    static boolean isWindows(VmPlan vm) {
        return vm.vm().guest().family() == GuestOs.Family.WINDOWS;
    }

    private static Fields cpu(Cpu cpu) {
        return Fields.with("sockets", cpu.sockets())
                .and("cores", cpu.coresPerSocket())
                .and("threads", cpu.threadsPerCore());
    }

    private Fields firmware(TargetVm target) {
        String serial = target.serial();
        return Fields.with("uuid", target.uuid())
                .and("serial", serial == null ? null : blankToNull(FirmwareSerial.admitted(serial)))
                .and("bootloader", bootloader(target.firmware()));
    }

    private static @Nullable String blankToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private Fields bootloader(Firmware firmware) {
        if (firmware.kind() == Firmware.Kind.BIOS) {
            return new Fields().empty("bios");
        }
        // secureBoot is true where it is left out, and then refused without SMM: it is always said.
        Fields efi = Fields.with("secureBoot", firmware.secureBoot());
        if (facts.can(TargetFeature.PERSISTENT_EFI)) {
            efi.and("persistent", true);
        }
        return Fields.with("efi", efi);
    }

    private static Fields features(Firmware firmware, boolean windows) {
        Fields features = new Fields().empty("acpi");
        if (firmware.kind() == Firmware.Kind.EFI && firmware.secureBoot()) {
            features.and("smm", Fields.with("enabled", true));
        }
        if (windows) {
            features.empty("apic").and("hyperv", hyperv());
        }
        return features;
    }

    /** The set of KubeVirt's own Windows templates; all of it is admitted by 0.50. */
    private static Fields hyperv() {
        return new Fields()
                .empty("relaxed")
                .empty("vapic")
                .and("spinlocks", Fields.with("spinlocks", SPINLOCK_RETRIES))
                .empty("vpindex")
                .empty("runtime")
                .empty("synic")
                .and("synictimer", new Fields().empty("direct"))
                .empty("reset")
                .empty("frequencies")
                .empty("reenlightenment")
                .empty("tlbflush")
                .empty("ipi");
    }

    private static Fields clock(String clock, boolean windows) {
        Fields fields = clock.equals("utc") ? Fields.with("utc", Map.of()) : Fields.with("timezone", clock);
        return windows ? fields.and("timer", windowsTimers()) : fields;
    }

    /** Windows keeps time by the Hyper-V clock; lost ticks of the older timers are made up for, HPET only costs. */
    private static Fields windowsTimers() {
        return Fields.with("hpet", Fields.with("present", false))
                .and("pit", Fields.with("tickPolicy", "delay"))
                .and("rtc", Fields.with("tickPolicy", "catchup"))
                .empty("hyperv");
    }
}
