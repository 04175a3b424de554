package io.vmferry.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.Severity;
import io.vmferry.spi.plan.Verdict;
import io.vmferry.spi.report.RunState;
import io.vmferry.spi.target.TargetFeature;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the two bundles to each other and to the code that asks for their keys. */
class MessagesTest {
    private static final Path BUNDLES = Path.of("src/main/resources/io/vmferry/reports");

    /** Keys that are put together from a family and a constant: {@code verdict.READY}. */
    private static final Map<String, Class<? extends Enum<?>>> FAMILIES = families();

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(keys("Messages_zh.properties")).isEqualTo(keys("Messages.properties"));
    }

    @Test
    void bothLanguagesFillInTheSameValues() {
        Properties english = load("Messages.properties");
        Properties chinese = load("Messages_zh.properties");
        for (String key : english.stringPropertyNames()) {
            assertThat(places(chinese.getProperty(key))).as(key).isEqualTo(places(english.getProperty(key)));
        }
    }

    @Test
    void noMessageSwallowsItsApostrophes() {
        for (String bundle : List.of("Messages.properties", "Messages_zh.properties")) {
            Properties messages = load(bundle);
            for (String key : messages.stringPropertyNames()) {
                String message = messages.getProperty(key);
                assertThat(message).as("%s in %s", key, bundle).isNotBlank().doesNotContain("'");
                assertThat(new MessageFormat(message)).as(key).isNotNull();
            }
        }
    }

    @Test
    void everyKeyIsUsedAndEveryUsedKeyIsThere() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Map.Entry<String, Class<? extends Enum<?>>> family : FAMILIES.entrySet()) {
            for (Enum<?> constant : family.getValue().getEnumConstants()) {
                String name = family.getKey().startsWith("count.")
                        ? constant.name().toLowerCase(Locale.ROOT)
                        : constant.name();
                used.add(family.getKey() + "." + name);
            }
        }
        Set<String> known = keys("Messages.properties");
        String sources = sources();
        Matcher literal =
                Pattern.compile("\"([a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)*)\"").matcher(sources);
        while (literal.find()) {
            if (known.contains(literal.group(1))) {
                used.add(literal.group(1));
            }
        }
        for (String chart : List.of("chart.bytes", "chart.rates")) {
            used.add(chart + ".title");
            used.add(chart + ".note");
        }
        assertThat(used).isEqualTo(known);

        Matcher asked = Pattern.compile("(?:\\btext|figure|row|same)\\(\\s*\"([a-z][a-z0-9.-]*[a-z0-9])\"[,)]")
                .matcher(sources);
        while (asked.find()) {
            assertThat(known).contains(asked.group(1));
        }
    }

    @Test
    void chineseIsSimplifiedAndEverythingElseIsEnglish() {
        for (Locale locale : List.of(Locale.SIMPLIFIED_CHINESE, Locale.CHINESE, Locale.forLanguageTag("zh-Hans-SG"))) {
            assertThat(Words.of(locale).text("plan.kind")).isEqualTo("迁移计划");
            assertThat(Words.of(locale).language()).isEqualTo("zh-Hans");
        }
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMANY, Locale.JAPAN, Locale.ROOT)) {
            assertThat(Words.of(locale).text("plan.kind")).isEqualTo("Migration plan");
            assertThat(Words.of(locale).language()).isEqualTo("en");
        }
    }

    @Test
    void englishCountsInSingularAndPlural() {
        Words words = Words.of(Locale.ENGLISH);
        assertThat(words.text("count.vms", 0)).isEqualTo("no VMs");
        assertThat(words.text("count.vms", 1)).isEqualTo("1 VM");
        assertThat(words.text("count.vms", 1200)).isEqualTo("1,200 VMs");
        assertThat(words.text("plan.headline.some", 1, 2, 1)).isEqualTo("1 of 2 VMs can go, 1 is blocked");
    }

    private static Map<String, Class<? extends Enum<?>>> families() {
        Map<String, Class<? extends Enum<?>>> families = new LinkedHashMap<>();
        families.put("verdict", Verdict.class);
        families.put("count.verdict", Verdict.class);
        families.put("severity", Severity.class);
        families.put("findings.count", Severity.class);
        families.put("state", RunState.class);
        families.put("count.state", RunState.class);
        families.put("run.headline", RunState.class);
        families.put("power", PowerState.class);
        families.put("ip", NicPlan.IpPolicy.class);
        families.put("mac", NicPlan.MacPolicy.class);
        families.put("origin", GuestInterface.Origin.class);
        families.put("encoding", BlockEncoding.class);
        families.put("feature", TargetFeature.class);
        return families;
    }

    private static Set<String> places(String message) {
        Matcher place = Pattern.compile("\\{(\\d)").matcher(message);
        return place.results().map(r -> r.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> keys(String bundle) {
        return new TreeSet<>(load(bundle).stringPropertyNames());
    }

    private static Properties load(String bundle) {
        Properties messages = new Properties();
        try (Reader reader = Files.newBufferedReader(BUNDLES.resolve(bundle))) {
            messages.load(reader);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return messages;
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(f -> f.toString().matches(".*\\.(java|jte)"))
                    .sorted()
                    .toList()) {
                all.append(Files.readString(file)).append('\n');
            }
            return all.toString();
        }
    }
}
