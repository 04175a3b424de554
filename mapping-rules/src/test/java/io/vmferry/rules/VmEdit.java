package io.vmferry.rules;

import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.Device;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Identity;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.Notice;
import io.vmferry.spi.model.Placement;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Snapshot;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A VM in the making: begins as another one, every field can be changed. */
public final class VmEdit {
    public VmRef ref;
    public Identity identity;
    public PowerState power;
    public boolean template;
    public GuestOs guest;
    public Cpu cpu;
    public long memoryBytes;
    public Firmware firmware;
    public @Nullable String clock;
    public List<Disk> disks;
    public List<Nic> nics;
    public List<Device> devices;
    public List<Snapshot> snapshots;
    public Placement placement;
    public Map<String, List<String>> tags;
    public Map<String, String> features;
    public List<Notice> notices;

    public VmEdit(Vm vm) {
        ref = vm.ref();
        identity = vm.identity();
        power = vm.power();
        template = vm.template();
        guest = vm.guest();
        cpu = vm.cpu();
        memoryBytes = vm.memoryBytes();
        firmware = vm.firmware();
        clock = vm.clock();
        disks = new ArrayList<>(vm.disks());
        nics = new ArrayList<>(vm.nics());
        devices = new ArrayList<>(vm.devices());
        snapshots = new ArrayList<>(vm.snapshots());
        placement = vm.placement();
        tags = vm.tags();
        features = vm.features();
        notices = new ArrayList<>(vm.notices());
    }

    public Vm vm() {
        return new Vm(
                ref,
                identity,
                power,
                template,
                guest,
                cpu,
                memoryBytes,
                firmware,
                clock,
                disks,
                nics,
                devices,
                snapshots,
                placement,
                tags,
                features,
                "",
                notices);
    }

    public VmEdit os(GuestOs.Family family, String id) {
        guest = new GuestOs(id, family, id, "host1", null, List.of());
        return this;
    }

    public VmEdit disk(int position, UnaryOperator<DiskEdit> change) {
        disks.set(position, change.apply(new DiskEdit(disks.get(position))).disk());
        return this;
    }

    public VmEdit nic(int position, UnaryOperator<NicEdit> change) {
        nics.set(position, change.apply(new NicEdit(nics.get(position))).nic());
        return this;
    }

    /** A disk in the making. */
    public static final class DiskEdit {
        private final Disk was;
        public long capacity;
        public @Nullable Long used;
        public @Nullable Integer bootOrder;
        public @Nullable String serial;
        public Disk.Backing backing;
        public String format;
        public String mode;
        public boolean shared;
        public @Nullable String guestDevice;

        DiskEdit(Disk disk) {
            was = disk;
            capacity = disk.capacityBytes();
            used = disk.usedBytes();
            bootOrder = disk.bootOrder();
            serial = disk.serial();
            backing = disk.backing();
            format = disk.format();
            mode = disk.mode();
            shared = disk.shared();
            guestDevice = disk.guestDevice();
        }

        Disk disk() {
            return new Disk(
                    was.key(),
                    was.label(),
                    capacity,
                    used,
                    was.containerBytes(),
                    format,
                    was.storage(),
                    was.attachment(),
                    bootOrder,
                    serial,
                    backing,
                    mode,
                    shared,
                    guestDevice);
        }
    }

    /** A card in the making. */
    public static final class NicEdit {
        private final Nic was;
        public String model;
        public @Nullable String mac;
        public Nic.Network network;
        public boolean connected;
        public @Nullable GuestInterface guest;

        NicEdit(Nic nic) {
            was = nic;
            model = nic.model();
            mac = nic.mac();
            network = nic.network();
            connected = nic.connected();
            guest = nic.guest();
        }

        Nic nic() {
            return new Nic(was.key(), was.label(), model, mac, network, connected, was.pciSlot(), guest);
        }
    }
}
