package io.vmferry.reports.view;

import io.vmferry.reports.text.Units;
import io.vmferry.reports.text.Visible;
import io.vmferry.reports.text.Words;
import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.model.GuestInterface.Address;
import io.vmferry.spi.plan.Severity;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.Verdict;
import io.vmferry.spi.report.RunState;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts facts that appear in several places into words, the same way everywhere. */
final class Wording {
    final Words words;
    final Units units;

    Wording(Words words, ZoneId zone) {
        this.words = words;
        this.units = new Units(words, zone);
    }

    String text(String key) {
        return words.text(key);
    }

    String text(String key, Object... values) {
        return words.text(key, values);
    }

    /** A text from outside, with a dash for nothing. */
    String given(@Nullable String text) {
        return text == null || text.isEmpty() ? words.text("none") : Visible.text(text);
    }

    Badge badge(Verdict verdict) {
        Tone tone = switch (verdict) {
            case READY -> Tone.GOOD;
            case READY_WITH_WARNINGS -> Tone.WARN;
            case BLOCKED -> Tone.BAD;
        };
        return new Badge(tone, words.name("verdict", verdict));
    }

    Badge badge(Severity severity) {
        Tone tone = switch (severity) {
            case BLOCKER -> Tone.BAD;
            case WARNING -> Tone.WARN;
            case INFO -> Tone.INFO;
        };
        return new Badge(tone, words.name("severity", severity));
    }

    Badge badge(RunState state) {
        Tone tone = switch (state) {
            case DONE -> Tone.GOOD;
            case ADOPTED, RUNNING -> state == RunState.RUNNING ? Tone.BUSY : Tone.GOOD;
            case WAITING, STOPPED -> Tone.WARN;
            case FAILED, BLOCKED -> Tone.BAD;
            case PENDING -> Tone.IDLE;
        };
        return new Badge(tone, words.name("state", state));
    }

    static String key(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** {@code namespace/name}, or a dash while it has no name. */
    String target(TargetVm vm) {
        return vm.name().isEmpty() ? words.text("none") : Visible.text(vm.namespace() + "/" + vm.name());
    }

    String cpu(Cpu cpu) {
        return words.text("cpu.topology", cpu.vcpus(), cpu.sockets(), cpu.coresPerSocket());
    }

    String firmware(Firmware firmware) {
        if (firmware.kind() == Firmware.Kind.BIOS) {
            return "BIOS";
        }
        return "UEFI"
                + (firmware.secureBoot() ? words.text("list.comma") + words.text("firmware.secure-boot") : "")
                + (firmware.tpm() ? words.text("list.comma") + words.text("firmware.tpm") : "");
    }

    static String addresses(List<Address> addresses) {
        return addresses.stream()
                .map(a -> Visible.text(a.ip()) + "/" + a.prefixLength())
                .collect(Collectors.joining(", "));
    }

    /** Place of a VM's section on the page. */
    static String id(String vmKey) {
        return "vm-"
                + vmKey.chars()
                        .mapToObj(c ->
                                Character.isLetterOrDigit(c) && c < 128 || c == '-' ? Character.toString(c) : "_" + c)
                        .collect(Collectors.joining());
    }
}
