package io.vmferry.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/** In which language the HTML report is written. */
final class Language {
    @Option(
            names = "--lang",
            defaultValue = "en",
            description = "Language of the HTML report: ${COMPLETION-CANDIDATES}.")
    Choice choice = Choice.en;

    enum Choice {
        en,
        zh
    }

    Locale locale() {
        return choice == Choice.zh ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
    }
}
