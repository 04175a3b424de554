package io.vmferry.vmware.files.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.model.GuestOs.Family;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestTest {
    @ParameterizedTest
    @CsvSource({
        "windows9Server64Guest, '', WINDOWS",
        "windows2019srvNext_64Guest, '', WINDOWS",
        "winNetEnterprise64Guest, '', WINDOWS",
        "windows11_64Guest, '', WINDOWS",
        "windows9srv-64, '', WINDOWS",
        "longhorn-64, '', WINDOWS",
        "arm-windows11-64, '', WINDOWS",
        "ubuntu64Guest, '', LINUX",
        "rhel9_64Guest, '', LINUX",
        "centos7-64, '', LINUX",
        "debian12_64Guest, '', LINUX",
        "sles15_64Guest, '', LINUX",
        "rockylinux_64Guest, '', LINUX",
        "almalinux_64Guest, '', LINUX",
        "oracleLinux9_64Guest, '', LINUX",
        "amazonlinux2_64Guest, '', LINUX",
        "vmwarePhoton64Guest, '', LINUX",
        "kylinlinux_64Guest, '', LINUX",
        "openEuler_64Guest, '', LINUX",
        "asianux8_64Guest, '', LINUX",
        "other5xLinux64Guest, '', LINUX",
        "otherlinux-64, '', LINUX",
        "armUbuntu64Guest, '', LINUX",
        "freebsd13_64Guest, '', OTHER",
        "darwin19_64Guest, '', OTHER",
        "solaris11_64Guest, '', OTHER",
        "vmkernel7Guest, '', OTHER",
        "otherGuest64, '', UNKNOWN",
        "otherGuest, Anolis OS 8, LINUX",
        "'', UOS Server 20, LINUX",
        "'', Microsoft Windows 10, WINDOWS",
        "'', '', UNKNOWN"
    })
    void families(String id, String description, Family family) {
        assertThat(GuestIds.family(id, description)).isEqualTo(family);
    }

    @ParameterizedTest
    @CsvSource({
        "36, LINUX",
        "80, LINUX",
        "94, LINUX",
        "96, LINUX",
        "101, LINUX",
        "107, LINUX",
        "69, WINDOWS",
        "103, WINDOWS",
        "113, WINDOWS",
        "42, OTHER",
        "78, OTHER",
        "104, OTHER",
        "1, UNKNOWN",
        "0, UNKNOWN"
    })
    void familiesByNumber(int cim, Family family) {
        assertThat(GuestIds.family(cim)).isEqualTo(family);
    }

    @Test
    void uuidsAsGuestsShowThem() {
        BiosUuid uuid = BiosUuid.parse("42 1f 24 5c 7f a8 60 fa-6a f6 a4 63 51 ce d0 eb")
                .orElseThrow();
        // A pair that was reported from a real guest with virtual hardware 13.
        assertThat(uuid.inOrder()).isEqualTo("421f245c-7fa8-60fa-6af6-a46351ced0eb");
        assertThat(uuid.shown(13, Family.LINUX)).isEqualTo("5c241f42-a87f-fa60-6af6-a46351ced0eb");
        assertThat(uuid.shown(11, Family.LINUX)).isEqualTo(uuid.inOrder());
        assertThat(uuid.shown(11, Family.WINDOWS)).isEqualTo("5c241f42-a87f-fa60-6af6-a46351ced0eb");
        assertThat(uuid.serial()).isEqualTo("VMware-42 1f 24 5c 7f a8 60 fa-6a f6 a4 63 51 ce d0 eb");
        assertThat(BiosUuid.parse("42 1f")).isEmpty();
        assertThat(BiosUuid.parse("zz1f245c-7fa8-60fa-6af6-a46351ced0eb")).isEmpty();
    }

    @Test
    void macAddressesInAllSpellings() {
        assertThat(MacAddress.normal("00:50:56:AA:bb:01")).contains("00:50:56:aa:bb:01");
        assertThat(MacAddress.normal("005056AABB01")).contains("00:50:56:aa:bb:01");
        assertThat(MacAddress.normal(" 0050.56aa.bb01 ")).contains("00:50:56:aa:bb:01");
        assertThat(MacAddress.normal("00:50:56")).isEmpty();
        assertThat(MacAddress.normal("7")).isEmpty();
    }

    @Test
    void onlyHarmlessSettingsAreFacts() {
        assertThat(FactSettings.of(
                        Map.of("disk.EnableUUID", "TRUE", "guestinfo.x", "secret", "vcpu.hotadd", "x".repeat(999))))
                .containsExactly(Map.entry("disk.EnableUUID", "TRUE"));
    }
}
