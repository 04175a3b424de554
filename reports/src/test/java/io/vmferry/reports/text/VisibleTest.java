package io.vmferry.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "web-01", "财务数据库-主", "a <b> & \"c\"", "naïve café", "🚢 ferry", "שרת", "\u00a0x"})
    void ordinaryTextsStay(String text) {
        assertThat(Visible.text(text)).isSameAs(text);
    }

    @Test
    void whatCannotBeSeenIsSpelledOut() {
        assertThat(Visible.text("a\nb\tc\rd\u0000e")).isEqualTo("a\\nb\\tc\\rd\\u0000e");
        assertThat(Visible.text("exe\u202Efdp")).isEqualTo("exe\\u202Efdp");
        assertThat(Visible.text("db\u200B")).isEqualTo("db\\u200B");
        assertThat(Visible.text("\u2067x\u2069\uFEFF")).isEqualTo("\\u2067x\\u2069\\uFEFF");
        assertThat(Visible.text("half\uD83D")).isEqualTo("half\\uD83D");
        assertThat(Visible.text("tag\uDB40\uDC41")).isEqualTo("tag\\U000E0041");
    }
}
