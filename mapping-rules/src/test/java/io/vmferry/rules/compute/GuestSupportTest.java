package io.vmferry.rules.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.model.GuestOs;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestSupportTest {
    @ParameterizedTest
    @CsvSource({
        "LINUX, ubuntu64Guest, READY",
        "LINUX, ubuntu-64, READY",
        "LINUX, ubuntuGuest, READY",
        "LINUX, ubuntu_12_04, OLD",
        "LINUX, ubuntu_18_04, READY",
        "LINUX, debian10_64Guest, READY",
        "LINUX, debian12-64, READY",
        "LINUX, debian6_64Guest, OLD",
        "LINUX, debian4Guest, OLD",
        "LINUX, rhel7_64Guest, LIKELY",
        "LINUX, rhel9_64Guest, LIKELY",
        "LINUX, rhel_8x64, LIKELY",
        "LINUX, rhel6_64Guest, OLD",
        "LINUX, rhel_6x64, OLD",
        "LINUX, centos64Guest, OLD",
        "LINUX, centos7_64Guest, LIKELY",
        "LINUX, centos8-64, LIKELY",
        "LINUX, oracleLinux8_64Guest, LIKELY",
        "LINUX, oracleLinux64Guest, OLD",
        "LINUX, sles15_64Guest, LIKELY",
        "LINUX, sles11_64Guest, OLD",
        "LINUX, rockylinux_64Guest, LIKELY",
        "LINUX, almalinux_64Guest, LIKELY",
        "LINUX, amazonlinux2_64Guest, LIKELY",
        "LINUX, vmwarePhoton64Guest, LIKELY",
        "LINUX, fedora64Guest, LIKELY",
        "LINUX, other26xLinux64Guest, OLD",
        "LINUX, other24xLinuxGuest, OLD",
        "LINUX, other3xLinux64Guest, LIKELY",
        "LINUX, other5xlinux-64, LIKELY",
        "LINUX, otherLinux64Guest, UNKNOWN",
        "LINUX, redhatGuest, OLD",
        "WINDOWS, windows2019srv_64Guest, WINDOWS",
        "WINDOWS, windows9_64Guest, WINDOWS",
        "WINDOWS, windows11_64Guest, WINDOWS",
        "WINDOWS, windows7_64Guest, OLD",
        "WINDOWS, windows7Server64Guest, OLD",
        "WINDOWS, winNetStandardGuest, OLD",
        "WINDOWS, winXPProGuest, OLD",
        "WINDOWS, winLonghorn64Guest, OLD",
        "WINDOWS, windows_2022, WINDOWS",
        "OTHER, freebsd13_64Guest, OTHER",
        "UNKNOWN, '', UNKNOWN",
    })
    void drivers(GuestOs.Family family, String id, GuestSupport expected) {
        assertThat(GuestSupport.of(new GuestOs(id, family, "", null, null, List.of())))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Anolis OS 8.8, LIKELY",
        "Kylin Linux Advanced Server V10, LIKELY",
        "openEuler 22.03 LTS, LIKELY",
        "Gentoo, UNKNOWN"
    })
    void distributionsWithoutAnIdAreKnownByName(String name, GuestSupport expected) {
        GuestOs guest = new GuestOs("otherLinux64Guest", GuestOs.Family.LINUX, name, null, null, List.of());
        assertThat(GuestSupport.of(guest)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "VMware-42 17 3d 21-8c 11, VMware-42-17-3d-21-8c-11",
        "ABC_1.2+3-4, ABC_1.2+3-4",
        "'  x  ', x",
        "序列号, ",
        "'', ",
    })
    void serials(String given, String admitted) {
        assertThat(AdmittedSerial.of(given)).isEqualTo(admitted);
    }
}
