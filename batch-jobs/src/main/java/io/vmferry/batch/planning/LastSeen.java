package io.vmferry.batch.planning;

import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Vm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What guests reported of their network cards while they ran. A server forgets it when a VM is switched off, which is just when
 * its addresses have to be known: also after we switched it off ourselves. Kept in a file beside the store, so that a plan needs no
 * database.
 */
public final class LastSeen {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Map<String, Guest> guests;
    private boolean changed;

    private LastSeen(Path file, Map<String, Guest> guests) {
        this.file = file;
        this.guests = guests;
    }

    /** @param nics by {@code Nic.key} */
    record Guest(@Nullable String hostName, Map<String, GuestInterface> nics) {}

    /** The whole file. */
    record Content(Map<String, Guest> guests) {}

    /** @param store the migration's store; the file lies beside it. One that cannot be read counts as none */
    public static LastSeen beside(Path store) {
        Path file = store.toAbsolutePath().resolveSibling(store.getFileName() + ".last-seen.json");
        Map<String, Guest> guests = new TreeMap<>();
        if (Files.exists(file)) {
            try {
                guests.putAll(
                        JSON.readValue(Files.readString(file), Content.class).guests());
            } catch (IOException | JacksonException e) {
                // It only saves asking a person; the next plan of a running VM writes it anew.
                guests.clear();
            }
        }
        return new LastSeen(file, guests);
    }

    /** The VM with what is remembered of it where it tells nothing itself; what it tells is remembered. */
    Vm complete(Vm vm) {
        String key = vm.ref().source() + "/" + vm.ref().key();
        if (vm.power() == PowerState.ON) {
            remember(key, vm);
            return vm;
        }
        Guest guest = guests.get(key);
        if (guest == null) {
            return vm;
        }
        return vm.withNics(vm.nics().stream()
                .map(nic -> silent(nic) ? recalled(nic, guest.nics().get(nic.key())) : nic)
                .toList());
    }

    private static boolean silent(Nic nic) {
        return nic.guest() == null || nic.guest().addresses().isEmpty();
    }

    private static Nic recalled(Nic nic, @Nullable GuestInterface seen) {
        if (seen == null) {
            return nic;
        }
        GuestInterface then =
                new GuestInterface(seen.name(), seen.origin(), seen.addresses(), seen.gateways(), seen.dns(), true);
        return new Nic(
                nic.key(), nic.label(), nic.model(), nic.mac(), nic.network(), nic.connected(), nic.pciSlot(), then);
    }

    private void remember(String key, Vm vm) {
        Map<String, GuestInterface> nics = new LinkedHashMap<>();
        for (Nic nic : vm.nics()) {
            GuestInterface guest = nic.guest();
            if (guest != null && !guest.addresses().isEmpty()) {
                nics.put(nic.key(), guest);
            }
        }
        if (!nics.isEmpty()) {
            Guest now = new Guest(vm.guest().hostName(), nics);
            changed |= !now.equals(guests.put(key, now));
        }
    }

    /** Writes what is new. */
    void save() {
        if (!changed) {
            return;
        }
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
            Files.writeString(part, JSON.writeValueAsString(new Content(guests)));
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            changed = false;
        } catch (IOException e) {
            throw IoFailure.writing(file.toString(), e);
        }
    }
}
