package io.vmferry.vmware.files.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.files.FilesError;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final String SHA1 = "0123456789abcdef0123456789abcdef01234567";
    private static final String SHA256 = SHA1 + "0123456789abcdef01234567";
    private static final String SHA512 = SHA256 + SHA256;

    private static Manifest parse(String text) {
        return Manifest.parse("web.mf", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsAllStylesAndAlgorithms() {
        Manifest manifest = parse("\ufeffSHA1(a.ovf)= " + SHA1 + "\r\nSHA256(disk (1).vmdk)= "
                + SHA256.toUpperCase(Locale.ROOT)
                + "\r\n\r\nSHA512 (c.vmdk) = " + SHA512 + "\n# a comment\nsha-256(d.vmdk)=" + SHA256 + "\n" + SHA1
                + "  e.vmdk\n" + SHA256 + " *f g.vmdk\n" + SHA512 + "  h.vmdk");
        assertThat(manifest.names())
                .containsExactly("a.ovf", "disk (1).vmdk", "c.vmdk", "d.vmdk", "e.vmdk", "f g.vmdk", "h.vmdk");
        assertThat(manifest.of("disk (1).vmdk").orElseThrow())
                .isEqualTo(new Manifest.Promise("web.mf", "disk (1).vmdk", "SHA-256", SHA256));
        assertThat(manifest.of("e.vmdk").orElseThrow().algorithm()).isEqualTo("SHA-1");
        assertThat(manifest.of("h.vmdk").orElseThrow().algorithm()).isEqualTo("SHA-512");
        assertThat(manifest.of("nothing")).isEmpty();
    }

    @Test
    void theSameLineTwiceIsHarmless() {
        assertThat(parse("SHA1(a)= " + SHA1 + "\nSHA1(a)= " + SHA1).names()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MD5(a.ovf)= 0123456789abcdef0123456789abcdef",
                "SHA1(a.ovf)= 0123",
                "SHA256(a.ovf)= " + SHA1,
                "hello",
                "SHA1(a.ovf)= " + SHA1 + "\nSHA256(a.ovf)= " + SHA256,
                "SHA1()= " + SHA1,
            })
    void refusesWhatItCannotUse(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOfSatisfying(VmferryException.class, e -> {
            assertThat(e.code()).isEqualTo(FilesError.MANIFEST_MALFORMED);
            assertThat(e.subject()).startsWith("web.mf line ");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "/etc/passwd", "a/../../b", "C:\\x", "http://x/y"})
    void refusesNamesThatLeaveThePackage(String name) {
        assertThatThrownBy(() -> parse("SHA1(" + name + ")= " + SHA1))
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(CommonError.NAME_NOT_CONFINED));
    }
}
