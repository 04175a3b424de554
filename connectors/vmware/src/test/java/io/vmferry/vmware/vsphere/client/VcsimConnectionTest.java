package io.vmferry.vmware.vsphere.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.vsphere.VsphereError;
import io.vmferry.vmware.vsphere.http.HttpClients;
import io.vmferry.vmware.vsphere.peer.Vcsim;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The client against a vCenter and an ESXi host that we did not write ourselves. */
class VcsimConnectionTest {
    @Test
    void logsInAndReadsTheInventory() {
        try (Vcsim vcsim = Vcsim.start("-vms", "30");
                VimConnection connection = open(vcsim, Vcsim.PASSWORD)) {
            assertThat(connection.facts().vcenter()).isTrue();
            assertThat(connection.cookie()).matches("vmware_soap_session=[^;\\s]+");
            try (Stream<ManagedObject> vms =
                    connection.properties().all("VirtualMachine", List.of("name", "config.hardware", "no.such.path"))) {
                List<ManagedObject> all = vms.toList();
                assertThat(all).hasSize(60).extracting(ManagedObject::ref).doesNotHaveDuplicates();
                assertThat(all).allSatisfy(vm -> {
                    assertThat(vm.properties().text("name")).isNotBlank();
                    assertThat(vm.properties().each("config.hardware.device"))
                            .anyMatch(device -> device.is("VirtualDisk"));
                });
            }
        }
    }

    @Test
    void logsInAgainWhenTheSessionEnded() {
        try (Vcsim vcsim = Vcsim.start("-vms", "1");
                VimConnection connection = open(vcsim, Vcsim.PASSWORD)) {
            String first = connection.cookie();
            connection.call("Logout", connection.service("sessionManager"), e -> {});

            try (Stream<ManagedObject> vms = connection.properties().all("VirtualMachine", List.of("name"))) {
                assertThat(vms).isNotEmpty().allMatch(vm -> vm.properties().text("name") != null);
            }
            assertThat(connection.cookie()).isNotEqualTo(first);
        }
    }

    @Test
    void aWrongPasswordIsACodedError() {
        try (Vcsim vcsim = Vcsim.start("-vms", "1")) {
            VmferryException e = catchThrowableOfType(VmferryException.class, () -> open(vcsim, "wrong horse"));
            assertThat(e.code()).isEqualTo(VsphereError.VSPHERE_LOGIN_REFUSED);
            assertThat(e).hasMessageContaining(Vcsim.USER).hasMessageNotContaining("horse");
        }
    }

    @Test
    void anEsxiHostWorksAlone() {
        try (Vcsim vcsim = Vcsim.start("-esx", "-vms", "2");
                VimConnection connection = open(vcsim, Vcsim.PASSWORD)) {
            assertThat(connection.facts().vcenter()).isFalse();
            try (Stream<ManagedObject> vms = connection.properties().all("VirtualMachine", List.of("name"))) {
                assertThat(vms).hasSize(2);
            }
        }
    }

    private static VimConnection open(Vcsim vcsim, String password) {
        return VimConnection.open(
                vcsim.sdk(), HttpClients.create(vcsim.trust()), new Credentials(Vcsim.USER, () -> password));
    }
}
