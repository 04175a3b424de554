package io.vmferry.vmware.files.ovf;

import static io.vmferry.vmware.files.Fixtures.failing;
import static io.vmferry.vmware.files.ovf.OvfDocumentsTest.vm;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.files.FilesError;
import io.vmferry.vmware.files.Fixtures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class BadOvfTest {
    private static final String GOOD = Fixtures.ovf("legacy-bios.ovf");
    private static final String HEADER = "<?xml version='1.0' encoding='UTF-8'?>\n";

    private static VmferryException failingFor(FilesError code, String text) {
        VmferryException e = failing(code, () -> vm(text));
        assertThat(e.subject()).startsWith("test.ovf");
        return e;
    }

    private static String with(String what, String instead) {
        assertThat(GOOD).contains(what);
        return GOOD.replace(what, instead);
    }

    @Test
    void externalEntitiesAreNeverRead(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "TOP-SECRET");
        String xxe = HEADER + "<!DOCTYPE Envelope [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>\n"
                + with(HEADER, "").replace("Legacy CRM", "&x;");
        VmferryException e = failingFor(FilesError.OVF_DOCTYPE, xxe);
        assertThat(e.toString() + e.getCause()).doesNotContain("TOP-SECRET");
    }

    @Test
    void billionLaughsAreNotLaughed() {
        StringBuilder entities = new StringBuilder("<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 40; i++) {
            entities.append("<!ENTITY a" + i + " \"" + ("&a" + (i - 1) + ";").repeat(10) + "\">");
        }
        failingFor(
                FilesError.OVF_DOCTYPE,
                HEADER + "<!DOCTYPE Envelope [" + entities + "]>\n"
                        + with(HEADER, "").replace("Legacy CRM", "&a39;"));
    }

    @Test
    void aPlainDoctypeIsRefusedToo() {
        failingFor(
                FilesError.OVF_DOCTYPE,
                HEADER + "<!DOCTYPE Envelope SYSTEM \"http://example.invalid/ovf.dtd\">\n" + with(HEADER, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello", "<Envelope>", "<a></b>", "<?xml version='1.0' encoding='no-such'?><a/>", "\u0000"})
    void whatIsNoXmlIsRefused(String text) {
        failingFor(FilesError.OVF_MALFORMED, text);
    }

    @Test
    void aTruncatedDescriptorIsRefusedWithItsLine() {
        assertThat(failingFor(FilesError.OVF_MALFORMED, GOOD.substring(0, GOOD.length() / 2))
                        .subject())
                .matches("test.ovf line \\d+");
    }

    @Test
    void anUndeclaredEntityIsRefused() {
        VmferryException e = failing(FilesError.OVF_DOCTYPE, () -> vm(with("Legacy CRM", "&undeclared;")));
        assertThat(e.subject()).contains("line");
    }

    @Test
    void depthAndNumberAreBounded() {
        failingFor(FilesError.OVF_TOO_LARGE, "<a>".repeat(100) + "</a>".repeat(100));
        failingFor(FilesError.OVF_TOO_LARGE, "<a>" + "<b/>".repeat(300_000) + "</a>");
    }

    @Test
    void otherXmlIsNoDescriptor() {
        assertThat(failingFor(FilesError.OVF_UNSUPPORTED, "<html/>").reason()).contains("html");
        failingFor(FilesError.OVF_UNSUPPORTED, GOOD.replace("http://schemas.dmtf.org/ovf/envelope/1", "urn:something"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "byte*2^20 | furlongs | OVF_UNIT_UNKNOWN",
                "MegaBytes | hertz * 10^6 | OVF_UNIT_UNKNOWN",
                "<rasd:AllocationUnits>MegaBytes</rasd:AllocationUnits> | <!-- --> | OVF_UNIT_UNKNOWN",
                "ovf:capacity=\"20480\" | ovf:capacity=\"-1\" | OVF_INVALID",
                "ovf:capacity=\"20480\" | ovf:capacity=\"20480.5\" | OVF_INVALID",
                "ovf:capacity=\"20480\" | ovf:capacity=\"99999999999999999\" | OVF_INVALID",
                "ovf:capacity=\"20480\" | ovf:capacity=\"999999999999999999999999999999999999999999999999\" | OVF_INVALID",
                "ovf:capacity=\"20480\" | ovf:capacity=\"${size}\" | OVF_INVALID",
                "ovf:capacity=\"20480\" |  ovf:x=\"1\" | OVF_INVALID",
                "<rasd:VirtualQuantity>512< | <rasd:VirtualQuantity>lots< | OVF_INVALID",
                "<rasd:VirtualQuantity>2< | <rasd:VirtualQuantity>0< | OVF_INVALID",
                "<rasd:VirtualQuantity>2< | <rasd:VirtualQuantity>1000000< | OVF_INVALID",
                "<rasd:ResourceType>17< | <rasd:ResourceType>disk< | OVF_INVALID",
                "<rasd:ResourceType>14</rasd:ResourceType> | <!-- --> | OVF_INVALID",
                "ovf:diskId=\"vmdisk2\" | ovf:diskId=\"vmdisk1\" | OVF_INVALID",
                "ovf:id=\"file2\" | ovf:id=\"file1\" | OVF_INVALID",
                "ovf:/disk/vmdisk2 | ovf:/disk/nothing | OVF_INVALID",
                "ovf:/disk/vmdisk2 | ovf:/file/file2 | OVF_UNSUPPORTED",
                "<rasd:InstanceID>7< | <rasd:InstanceID>6< | OVF_INVALID",
                "VirtualHardwareSection> | SomeOtherSection> | OVF_INVALID",
                "VirtualSystem | VirtualSistem | OVF_INVALID",
            })
    void nonsenseIsRefused(String what, String instead, FilesError code) {
        assertThat(failingFor(code, with(what, instead)).subject()).matches("test.ovf line \\d+");
    }

    @Test
    void aDiskOfNoSizeIsCarried() {
        assertThat(vm(with("ovf:capacity=\"20480\"", "ovf:capacity=\"0\""))
                        .disks()
                        .get(0)
                        .capacityBytes())
                .isZero();
    }

    @Test
    void whatIsMissingIsAssumedAndSaid() {
        String none = GOOD.replaceAll("(?s)<Item[^>]*>\\s*<rasd:ElementName>[^<]*virtual CPU.*?</Item>", "")
                .replaceAll("(?s)<Item>\\s*<rasd:AllocationUnits>.*?</Item>", "");
        assertThat(Fixtures.codes(vm(none))).contains("files.ovf.cpu-missing", "files.ovf.memory-missing");
        assertThat(vm(none).cpu().vcpus()).isEqualTo(1);
        assertThat(vm(none).memoryBytes()).isEqualTo(1L << 30);
    }

    @Test
    void oddTopologyFallsBackToSocketsOfOne() {
        String odd = Fixtures.ovf("windows-secure-boot.ovf").replace("Quantity>8<", "Quantity>6<");
        assertThat(vm(odd).cpu().sockets()).isEqualTo(6);
        assertThat(Fixtures.codes(vm(odd))).contains("files.cpu-topology");
    }

    @Test
    void aMacAddressThatIsNoneIsSaid() {
        var vm = vm(with("00-50-56-AA-BB-0C", "00-50-56"));
        assertThat(vm.nics().get(0).mac()).isNull();
        assertThat(Fixtures.codes(vm)).contains("files.mac-unreadable");
    }

    @Test
    void utf16IsReadLikeAnyEncoding() {
        byte[] bytes = GOOD.replace("encoding='UTF-8'", "encoding='UTF-16'").getBytes(StandardCharsets.UTF_16);
        assertThat(OvfReader.read("test.ovf", bytes).systems()).hasSize(1);
    }
}
