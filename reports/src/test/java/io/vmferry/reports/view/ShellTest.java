package io.vmferry.reports.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "/srv/out/erp-wave-1/d0.qcow2, /srv/out/erp-wave-1/d0.qcow2",
                "/srv/my out, '/srv/my out'",
                "/srv/财务, '/srv/财务'",
                "it's; rm -rf $HOME, 'it'\\''s; rm -rf $HOME'",
                "``, ''",
            })
    void wordsArriveAsTheyAre(String raw, String quoted) {
        assertThat(Shell.word(raw)).isEqualTo(quoted);
    }

    @org.junit.jupiter.api.Test
    void hiddenCharactersAreEscapedSoThatTheLineReadsAsItRuns() {
        assertThat(Shell.word("a\u202Eb\n\\'")).isEqualTo("$'a\\u202Eb\\n\\\\\\''");
    }
}
