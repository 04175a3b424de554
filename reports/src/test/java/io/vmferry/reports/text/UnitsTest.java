package io.vmferry.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    private static final Units ENGLISH = new Units(Words.of(Locale.ENGLISH), ZoneOffset.UTC);
    private static final Units CHINESE = new Units(Words.of(Locale.SIMPLIFIED_CHINESE), ZoneId.of("Asia/Shanghai"));

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, '1,023 B'",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "1048524, '1,023.9 KiB'",
        "1048575, 1.0 MiB",
        "42949672960, 40.0 GiB",
        "1649267441664, 1.5 TiB",
        "9223372036854775807, 8.0 EiB",
    })
    void bytes(long bytes, String text) {
        assertThat(spaced(ENGLISH.bytes(bytes))).isEqualTo(text);
    }

    @Test
    void ratesNeedTime() {
        assertThat(spaced(ENGLISH.rate(300L << 20, 1.5))).isEqualTo("200.0 MiB/s");
        assertThat(ENGLISH.rate(300L << 20, 0)).isEqualTo("–");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 0 %",
        "1, 1000, < 1 %",
        "1, 3, 33 %",
        "999, 1000, > 99 %",
        "10, 10, 100 %",
        "5, 0, –",
    })
    void sharesNeverClaimAllOrNothingWrongly(long part, long whole, String text) {
        assertThat(spaced(ENGLISH.percent(part, whole))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0.04, 0.0 s, 0.0 秒",
        "9.94, 9.9 s, 9.9 秒",
        "9.96, 10 s, 10 秒",
        "59.7, 1 min 0 s, 1 分 0 秒",
        "192, 3 min 12 s, 3 分 12 秒",
        "3599.6, 1 h 0 min, 1 小时 0 分",
        "8040, 2 h 14 min, 2 小时 14 分",
        "86399, 1 d 0 h, 1 天 0 小时",
        "200000, 2 d 7 h, 2 天 7 小时",
    })
    void durations(double seconds, String english, String chinese) {
        assertThat(spaced(ENGLISH.duration(seconds))).isEqualTo(english);
        assertThat(spaced(CHINESE.duration(seconds))).isEqualTo(chinese);
    }

    @Test
    void timesCarryTheirOffset() {
        Instant instant = Instant.parse("2026-11-24T02:15:30Z");
        assertThat(ENGLISH.dateTime(instant)).isEqualTo("24 Nov 2026, 02:15 UTC");
        assertThat(CHINESE.dateTime(instant)).isEqualTo("2026 年 11 月 24 日 10:15 UTC+08:00");
        assertThat(CHINESE.time(instant)).isEqualTo("10:15:30");
    }

    private static String spaced(String text) {
        return text.replace('\u00a0', ' ');
    }
}
