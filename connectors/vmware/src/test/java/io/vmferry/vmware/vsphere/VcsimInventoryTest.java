package io.vmferry.vmware.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.config.Settings;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.Described;
import io.vmferry.spi.source.SourceConfig;
import io.vmferry.spi.source.SourceSession;
import io.vmferry.vmware.vsphere.peer.Vcsim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inventory of a vCenter and of an ESXi host that we did not write ourselves. */
class VcsimInventoryTest {
    @TempDir
    Path folder;

    @Test
    void describesTheVmsOfAVcenter() throws IOException {
        try (Vcsim vcsim = Vcsim.start("-vms", "3", "-folders", "1");
                SourceSession session = new VsphereConnector().open(config(vcsim, Map.of()))) {
            assertThat(session.info().product()).contains("vCenter");
            assertThat(session.info().trust()).contains("SHA-256");
            List<VmRef> refs = refs(session);
            assertThat(refs).hasSize(6);
            Vm vm = session.describe(refs.get(0));

            assertThat(vm.identity().biosUuid()).isNotNull();
            assertThat(vm.identity().instanceUuid()).isNotNull();
            assertThat(vm.ref().key())
                    .startsWith("vm-")
                    .endsWith("/" + vm.identity().instanceUuid());
            assertThat(vm.power()).isEqualTo(PowerState.ON);
            assertThat(vm.memoryBytes()).isPositive();
            assertThat(vm.placement().folder()).isEqualTo("/F0/DC0/vm/F0");
            assertThat(vm.placement().datacenter()).isEqualTo("DC0");
            assertThat(vm.placement().host()).isNotNull();
            Disk disk = vm.disks().get(0);
            assertThat(disk.key()).startsWith("[LocalDS_0] ").endsWith(".vmdk");
            assertThat(disk.capacityBytes()).isEqualTo(10L << 30);
            assertThat(disk.storage()).isEqualTo("LocalDS_0");
            assertThat(disk.attachment().bus()).isEqualTo("scsi");
            assertThat(disk.attachment().controller()).isEqualTo("pvscsi");
            assertThat(vm.nics()).hasSize(1);
            assertThat(vm.nics().get(0).network().name()).isEqualTo("DC0_DVPG0");
            assertThat(vm.nics().get(0).mac()).matches("00:0c:29(:[0-9a-f]{2}){3}");
        }
    }

    @Test
    void describesManyInOneRequestAsOneByOne() throws IOException {
        try (Vcsim vcsim = Vcsim.start("-vms", "2");
                SourceSession session = new VsphereConnector().open(config(vcsim, Map.of()))) {
            List<VmRef> refs = refs(session);
            try (Stream<Described> described = session.describeAll(refs)) {
                assertThat(described.toList())
                        .isEqualTo(refs.stream()
                                .<Described>map(ref -> new Described.Full(session.describe(ref)))
                                .toList());
            }
        }
    }

    @Test
    void takesOnlyTheFolderThatItIsToldTo() throws IOException {
        try (Vcsim vcsim = Vcsim.start("-vms", "1", "-folders", "1")) {
            try (SourceSession session =
                    new VsphereConnector().open(config(vcsim, Map.of("folder", List.of("/F0/DC0/vm/F0"))))) {
                assertThat(refs(session)).hasSize(2);
            }
            try (SourceSession session =
                    new VsphereConnector().open(config(vcsim, Map.of("folder", List.of("nowhere"))))) {
                assertThat(refs(session)).isEmpty();
            }
            try (SourceSession session =
                    new VsphereConnector().open(config(vcsim, Map.of("datacenter", List.of("DC0"))))) {
                assertThat(refs(session)).hasSize(2);
            }
        }
    }

    @Test
    void describesTheVmsOfASingleHost() throws IOException {
        try (Vcsim vcsim = Vcsim.start("-esx", "-vms", "2");
                SourceSession session = new VsphereConnector().open(config(vcsim, Map.of()))) {
            assertThat(refs(session)).hasSize(2).allSatisfy(ref -> {
                Vm vm = session.describe(ref);
                assertThat(vm.placement().cluster()).isNull();
                assertThat(vm.nics().get(0).network().name()).isEqualTo("VM Network");
                assertThat(vm.nics().get(0).network().vlan()).isZero();
            });
        }
    }

    private SourceConfig config(Vcsim vcsim, Map<String, List<String>> more) throws IOException {
        Files.writeString(folder.resolve("password"), Vcsim.PASSWORD + "\n");
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("server", List.of(vcsim.sdk().getAuthority()));
        values.put("user", List.of(Vcsim.USER));
        values.put("passwordFile", List.of("password"));
        values.put("trust.sha256", List.of(vcsim.trust().words().replaceFirst(".*SHA-256 ", "")));
        values.putAll(more);
        return new SourceConfig("vc", "vsphere", new Settings(values, folder));
    }

    private static List<VmRef> refs(SourceSession session) {
        try (Stream<VmRef> refs = session.list()) {
            return refs.toList();
        }
    }
}
