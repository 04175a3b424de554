package io.vmferry.batch.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.testing.SampleVms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a guest said while it ran is still known when it does not run any more. */
class LastSeenTest {
    @TempDir
    Path folder = Path.of("");

    private static Vm vm(PowerState power) {
        Vm sample = SampleVms.linux("web01");
        return new Vm(
                sample.ref(),
                sample.identity(),
                power,
                false,
                sample.guest(),
                sample.cpu(),
                sample.memoryBytes(),
                sample.firmware(),
                sample.clock(),
                sample.disks(),
                sample.nics(),
                sample.devices(),
                sample.snapshots(),
                sample.placement(),
                sample.tags(),
                sample.features(),
                sample.annotation(),
                sample.notices());
    }

    /** As a server describes it that forgets what the guest said. */
    private static Vm silent() {
        Vm off = vm(PowerState.OFF);
        return off.withNics(off.nics().stream()
                .map(nic -> new Nic(
                        nic.key(),
                        nic.label(),
                        nic.model(),
                        nic.mac(),
                        nic.network(),
                        nic.connected(),
                        nic.pciSlot(),
                        null))
                .toList());
    }

    private static @Nullable GuestInterface guest(Vm vm) {
        return vm.nics().get(0).guest();
    }

    @Test
    void remembersAddressesOfAVmThatIsOffNow() {
        Path store = folder.resolve("state/store");
        LastSeen first = LastSeen.beside(store);
        Vm running = vm(PowerState.ON);
        assertThat(first.complete(running)).isEqualTo(running);
        first.save();

        GuestInterface seen =
                Objects.requireNonNull(guest(LastSeen.beside(store).complete(silent())));

        GuestInterface was = Objects.requireNonNull(guest(running));
        assertThat(seen.addresses()).isNotEmpty().isEqualTo(was.addresses());
        assertThat(seen.origin()).isEqualTo(was.origin());
        assertThat(seen.lastSeen()).isTrue();
    }

    @Test
    void saysNothingOfAVmThatItNeverSawAndKeepsWhatTheSourceTells() {
        LastSeen seen = LastSeen.beside(folder.resolve("store"));
        assertThat(guest(seen.complete(silent()))).isNull();
        Vm told = vm(PowerState.OFF);
        assertThat(seen.complete(told)).isEqualTo(told);
        seen.save();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aDamagedFileIsAsGoodAsNone() throws IOException {
        Path store = folder.resolve("store");
        Files.writeString(folder.resolve("store.last-seen.json"), "{\"guests\": [");
        LastSeen seen = LastSeen.beside(store);
        assertThat(guest(seen.complete(silent()))).isNull();
        seen.complete(vm(PowerState.ON));
        seen.save();
        assertThat(guest(LastSeen.beside(store).complete(silent()))).isNotNull();
    }
}
