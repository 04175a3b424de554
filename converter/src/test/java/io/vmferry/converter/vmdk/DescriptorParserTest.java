package io.vmferry.converter.vmdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.spi.error.VmferryException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorParserTest {
    private static final String PLAIN = SparseFixture.descriptor("vmfs", "RW 2048 VMFS \"a-flat.vmdk\"");

    private static Descriptor parse(byte[] bytes) {
        return DescriptorParser.parse(ByteBuffer.wrap(bytes), "test.vmdk");
    }

    private static Descriptor parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsSettingsAndExtents() {
        Descriptor descriptor = parse(PLAIN);
        assertThat(descriptor.createType()).isEqualTo("vmfs");
        assertThat(descriptor.cid()).isEqualTo("12345678");
        assertThat(descriptor.hasParent()).isFalse();
        assertThat(descriptor.settings()).containsEntry("ddb.adaptertype", "lsilogic");
        assertThat(descriptor.sectors()).isEqualTo(2048);
        assertThat(descriptor.extents()).containsExactly(new ExtentLine("RW", 2048, "VMFS", "a-flat.vmdk", 0, 8));
    }

    @Test
    void doesNotMindLineEndsCaseBlanksMarksAndPadding() {
        Descriptor plain = parse(PLAIN);
        assertThat(parse(PLAIN.replace("\n", "\r\n"))).isEqualTo(plain);
        assertThat(parse(PLAIN.replace("\n", "\r"))).isEqualTo(plain);
        assertThat(parse("\ufeff" + PLAIN)).isEqualTo(plain);
        assertThat(parse(PLAIN + "\0\0\0")).isEqualTo(plain);
        assertThat(parse(PLAIN.replace("createType=", "  CREATETYPE \t= "))).isEqualTo(plain);
        assertThat(parse(PLAIN.replace("RW 2048 VMFS", "rw   2048\tvmfs "))).isEqualTo(plain);
    }

    /** Seen with qemu-img 7.2 whenever its random CID begins with a zero digit. */
    @Test
    void ignoresTheEndOfAnOlderTextBehindTheNul() {
        assertThat(parse(PLAIN + "\0\"\n\0\0")).isEqualTo(parse(PLAIN));
        assertRefused(PLAIN.replace("RW 2048", "\0RW 2048"), "behind a NUL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "windows-1252", "GBK", "Big5", "Shift_JIS"})
    void readsNamesInTheDeclaredEncoding(String encoding) {
        String name = encoding.equals("windows-1252") ? "Müller-flat.vmdk" : "日本-flat.vmdk";
        String text = PLAIN.replace("version=1", "version=1\nencoding=\"" + encoding + "\"")
                .replace("a-flat.vmdk", name);
        Descriptor descriptor = parse(text.getBytes(Charset.forName(encoding)));
        assertThat(descriptor.extents().get(0).file()).isEqualTo(name);
    }

    @Test
    void refusesNamesThatDoNotFitTheEncoding() {
        byte[] latin = PLAIN.replace("a-flat", "Müller-flat").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> parse(latin)).hasMessageContaining("not valid in the descriptor's encoding");
    }

    @Test
    void refusesUtf16() {
        assertThatThrownBy(() -> parse(PLAIN.getBytes(StandardCharsets.UTF_16))).hasMessageContaining("UTF-16");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RW 2048 VMFS | names no file",
                "RW 2048 FLAT \"a.vmdk\" | at which sector",
                "RW 2048 FLAT \"a.vmdk\" x | where a number of sectors belongs",
                "RW -1 VMFS \"a.vmdk\" | where a number of sectors belongs",
                "RW 0 VMFS \"a.vmdk\" | impossible length",
                "RW 999999999999999999 VMFS \"a.vmdk\" | impossible length",
                "RW 9999999999999999999999 VMFS \"a.vmdk\" | where a number of sectors belongs",
                "RW 2048 ZERO \"a.vmdk\" | gives a ZERO extent a file",
                "RW 2048 VMFS \"a.vmdk | closing quote",
                "RW 2048 | not an extent",
                "something else | neither a setting nor an extent",
                "CID=99999999 | a second, different value",
                "encoding=\"no such thing\" | encoding",
            })
    void saysWhichLineIsBroken(String line, String reason) {
        assertRefused(PLAIN + line + "\n", reason);
    }

    @Test
    void boundsTheNumberOfExtentsAndTheirSum() {
        assertRefused(PLAIN + "RW 1 ZERO\n".repeat(5000), "more than 4096 extents");
        assertRefused(PLAIN + "RW 2199023255552 ZERO\n", "impossible length");
    }

    @Test
    void recognisesDescriptorsByTheirTop() {
        assertThat(matches(PLAIN)).isTrue();
        assertThat(matches("# disk descriptorFILE\r\n")).isTrue();
        assertThat(matches("\n# a comment\n  version = 1\nCID=1\n")).isTrue();
        assertThat(matches("version=4\n")).isFalse();
        assertThat(matches("hello\nversion=1\n")).isFalse();
        assertThat(matches("")).isFalse();
    }

    private static boolean matches(String text) {
        return DescriptorParser.matches(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertRefused(String text, String reason) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(VmdkError.VMDK_BAD_DESCRIPTOR))
                .hasMessageContaining(reason);
    }
}
