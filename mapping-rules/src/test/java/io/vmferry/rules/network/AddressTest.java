package io.vmferry.rules.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.GuestInterface.Address;
import io.vmferry.spi.model.Nic;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.56.21, 4, 192.168.56.21, true",
        "169.254.1.1, 4, 169.254.1.1, false",
        "127.0.0.1, 4, 127.0.0.1, false",
        "0.0.0.0, 4, 0.0.0.0, false",
        "224.0.0.1, 4, 224.0.0.1, false",
        "255.255.255.255, 4, 255.255.255.255, false",
        "2001:DB8:0:0:0:0:0:5, 6, 2001:db8::5, true",
        "2001:db8:0:0:1:0:0:1, 6, 2001:db8::1:0:0:1, true",
        "2001:db8:0:1:1:1:1:1, 6, 2001:db8:0:1:1:1:1:1, true",
        "fe80::1%eth0, 6, fe80::1, false",
        "::1, 6, ::1, false",
        "::, 6, ::, false",
        "ff02::1, 6, ff02::1, false",
        "fd00::, 6, fd00::, true",
    })
    void literals(String written, int version, String text, boolean usable) {
        assertThat(IpAddress.parse(written)).hasValueSatisfying(ip -> {
            assertThat(ip.version()).isEqualTo(version);
            assertThat(ip.text()).isEqualTo(text);
            assertThat(ip.isUsable()).isEqualTo(usable);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "web01",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "1",
        "1:2",
        ":::",
        "2001:db8::1::2",
        "a.b.c.d",
        "1.2.3.4/24",
        "localhost",
        "12345::"
    })
    void everythingElseIsNone(String written) {
        assertThat(IpAddress.parse(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "00:50:56:AA:bb:01, 00:50:56:aa:bb:01",
        "00-50-56-aa-bb-01, 00:50:56:aa:bb:01",
        "02:00:00:00:00:00, ",
        "00:00:00:00:00:00, ",
        "01:00:5e:00:00:01, ",
        "ff:ff:ff:ff:ff:ff, ",
        "00:50:56:aa:bb, ",
        "00:50-56:aa:bb:01, ",
        "0050.56aa.bb01, ",
        "'', ",
    })
    void macs(String written, String normal) {
        assertThat(MacAddress.normal(written).orElse(null)).isEqualTo(normal);
    }

    @ParameterizedTest
    @CsvSource({
        "eth0, '192.168.56.21', '192.168.56.21', ''",
        "eth0, '192.168.56.21 192.168.56.21', '192.168.56.21', ''",
        "eth0, '192.168.56.21 169.254.3.4 fe80::1', '192.168.56.21', ''",
        "eth0, '192.168.56.21 172.17.0.1 192.168.122.1', '192.168.56.21', ''",
        "eth0, '192.168.56.21 2001:db8::5', '192.168.56.21 2001:db8::5', ''",
        "eth0, '192.168.56.21 10.0.0.1', '', '192.168.56.21 10.0.0.1'",
        "eth0, '192.168.56.21 2001:db8::5 2001:db8::6', '192.168.56.21', '2001:db8::5 2001:db8::6'",
        "docker0, '192.168.56.21', '', ''",
        "virbr0, '192.168.56.21', '', ''",
        "eth0, 'nonsense', '', ''",
        ", '192.168.56.21', '192.168.56.21', ''",
    })
    void oneCandidatePerVersionIsTheAddressToKeep(String name, String reported, String chosen, String ambiguous) {
        AddressChoice choice = AddressChoice.of(nic(name, reported), Set.of(4, 6));
        assertThat(text(choice.chosen())).isEqualTo(chosen);
        assertThat(text(choice.ambiguous())).isEqualTo(ambiguous);
    }

    @Test
    void familiesLimitWhatIsKept() {
        AddressChoice choice = AddressChoice.of(nic("eth0", "192.168.56.21 2001:db8::5 2001:db8::6"), Set.of(4));
        assertThat(text(choice.chosen())).isEqualTo("192.168.56.21");
        assertThat(choice.ambiguous()).isEmpty();
    }

    private static Nic nic(String name, String addresses) {
        List<Address> list = Arrays.stream(addresses.split(" "))
                .map(ip -> new Address(ip, 24))
                .toList();
        return new Nic(
                "eth0",
                "Network adapter 1",
                "vmxnet3",
                null,
                new Nic.Network("LAN", null, null),
                true,
                null,
                new GuestInterface(name, GuestInterface.Origin.STATIC, list, List.of(), List.of(), false));
    }

    private static String text(List<Address> addresses) {
        return addresses.stream().map(Address::ip).collect(Collectors.joining(" "));
    }
}
