package io.vmferry.vmware.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmferry.spi.config.Settings;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.source.SourceConfig;
import io.vmferry.vmware.vsphere.disk.Transfer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a migration file may say about a source of type {@code vsphere}. */
class VsphereSettingsTest {
    private static final String PIN = "ab".repeat(32);

    @TempDir
    Path folder;

    private final Map<String, List<String>> values = new LinkedHashMap<>(Map.of(
            "server", List.of("vc.example.com"),
            "user", List.of("administrator@vsphere.local"),
            "passwordEnv", List.of("VC_PASSWORD")));

    private VsphereSettings read() {
        return VsphereSettings.of(
                new SourceConfig("vc", "vsphere", new Settings(values, folder)),
                Map.of("VC_PASSWORD", "correct horse")::get);
    }

    private VmferryException refused() {
        VmferryException e = catchThrowableOfType(VmferryException.class, this::read);
        assertThat(e).isNotNull();
        assertThat(e.remedy()).isNotBlank();
        return e;
    }

    @Test
    void theShortestFileWorks() {
        VsphereSettings settings = read();
        assertThat(settings.base()).hasToString("https://vc.example.com");
        assertThat(settings.credentials().password().get()).isEqualTo("correct horse");
        assertThat(settings.trust().verified()).isTrue();
        assertThat(settings.transfer()).isEqualTo(Transfer.AUTO);
        assertThat(settings.toString()).doesNotContain("correct horse");
    }

    @ParameterizedTest
    @CsvSource({
        "vc.example.com:8443, https://vc.example.com:8443",
        "https://vc.example.com/sdk, https://vc.example.com",
        "10.0.0.1, https://10.0.0.1",
        "[2001:db8::1]:443, https://[2001:db8::1]:443",
    })
    void serversInAllSpellings(String written, String base) {
        values.put("server", List.of(written));
        assertThat(read().base()).hasToString(base);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://vc.example.com", "user:secret@vc.example.com", "a b", " ", "vc_1..example"})
    void addressesThatAreNone(String written) {
        values.put("server", List.of(written));
        assertThat(refused().code()).isEqualTo(VsphereError.VSPHERE_SETTING_INVALID);
        assertThat(refused()).hasMessageNotContaining("secret");
    }

    @Test
    void unknownKeysAreRefusedWithTheKnownOnes() {
        values.put("sever", List.of("x"));
        assertThat(refused().code()).isEqualTo(VsphereError.VSPHERE_SETTING_INVALID);
        assertThat(refused()).hasMessageContaining("sever");
        assertThat(refused().remedy()).contains("server", "trust.sha256", "passwordFile");
    }

    @Test
    void aPasswordComesFromTheFirstLineOfAFileEachTimeItIsAsked() throws IOException {
        values.remove("passwordEnv");
        values.put("passwordFile", List.of("secret"));
        VsphereSettings settings = read();
        Files.writeString(folder.resolve("secret"), "pässwort \r\nsecond line\n");
        assertThat(settings.credentials().password().get()).isEqualTo("pässwort ");
        Files.writeString(folder.resolve("secret"), "changed");
        assertThat(settings.credentials().password().get()).isEqualTo("changed");
        Files.write(folder.resolve("secret"), "pässwort".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(catchThrowableOfType(
                        VmferryException.class,
                        () -> settings.credentials().password().get()))
                .hasMessageContaining("UTF-8")
                .hasMessageNotContaining("sswort");
    }

    @Test
    void passwordsHaveOnePlace() {
        values.put("passwordFile", List.of("secret"));
        assertThat(refused()).hasMessageContaining("two places");
        values.remove("passwordFile");
        values.remove("passwordEnv");
        assertThat(refused()).hasMessageContaining("where the password is");
        values.put("passwordEnv", List.of("UNSET"));
        VsphereSettings settings = read();
        assertThat(catchThrowableOfType(
                        VmferryException.class,
                        () -> settings.credentials().password().get()))
                .hasMessageContaining("UNSET");
    }

    @Test
    void trustIsOneOfFour() {
        values.put("trust.sha256", List.of(PIN));
        assertThat(read().trust().words()).contains("SHA-256");
        values.put("trust.insecure", List.of("false"));
        assertThat(read().trust().words()).contains("SHA-256");
        values.put("trust.insecure", List.of("true"));
        assertThat(refused()).hasMessageContaining("whom to trust");
        values.remove("trust.sha256");
        assertThat(read().trust().verified()).isFalse();
        values.put("trust.insecure", List.of("maybe"));
        assertThat(refused()).hasMessageContaining("neither true nor false");
    }

    @Test
    void transferAndConnectionsAreChecked() {
        values.put("transfer", List.of("nfc"));
        values.put("connections", List.of("8"));
        assertThat(read().transfer()).isEqualTo(Transfer.NFC);
        assertThat(read().connections()).isEqualTo(8);
        values.put("connections", List.of("0"));
        assertThat(refused()).hasMessageContaining("connections");
        values.remove("connections");
        values.put("transfer", List.of("ftp"));
        assertThat(refused()).hasMessageContaining("transfer");
    }
}
