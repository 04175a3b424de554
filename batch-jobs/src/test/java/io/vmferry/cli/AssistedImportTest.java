package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.cli.assist.Answers;
import io.vmferry.cli.assist.Questions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide with a scripted person, and without anybody. */
class AssistedImportTest {
    private static final long MIB = 1 << 20;
    private static final String LEAVE = "<leaves>";

    @TempDir
    Path home = Path.of("");

    private Path ova = Path.of("");

    @BeforeEach
    void ova() throws IOException {
        ova = SampleDisks.ova(home.resolve("source"), "web01", 1, 64 * MIB, 10 * MIB, 31);
    }

    @Test
    void canBeLeftAtEveryQuestionAndGoesOnThere() {
        Person impatient = new Person(LEAVE);
        assertThat(run(impatient)).isEqualTo(ExitCode.DONE);
        assertThat(impatient.asked).hasSize(1).first().asString().startsWith("Name on the target");

        Person names = new Person("web-01", LEAVE);
        run(names);
        assertThat(names.asked).hasSize(2).last().asString().startsWith("Network for Network adapter 1 (VM Network)");

        Person connects = new Person("nonsense", "multus:networks/vlan60", "-", "no");
        assertThat(run(connects)).isEqualTo(ExitCode.DONE);
        assertThat(connects.asked).anyMatch(q -> q.startsWith("Storage class for Hard disk 1"));
        assertThat(connects.asked).last().asString().isEqualTo("Copy the disks of web01 now?");
        Path disk = home.resolve("out/default/web-01/web-01-disk-0.qcow2");
        assertThat(disk).doesNotExist();

        Person copies = new Person("yes", "no");
        assertThat(run(copies)).isEqualTo(ExitCode.DONE);
        assertThat(copies.asked).hasSize(2).first().asString().isEqualTo("Copy the disks of web01 now?");
        assertThat(disk).exists();
        assertThat(disk.resolveSibling("virtualmachine.yaml"))
                .content()
                .contains("networkName: networks/vlan60")
                .contains("name: web-01");

        Person accepts = new Person("yes");
        assertThat(run(accepts)).isEqualTo(ExitCode.DONE);
        assertThat(accepts.asked).singleElement().asString().contains("Declare web01 done?");

        Person again = new Person();
        assertThat(run(again)).isEqualTo(ExitCode.DONE);
        assertThat(again.asked).isEmpty();
    }

    @Test
    void everythingCanBeGivenByFlags() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                "import",
                ova.toString(),
                "--to",
                home.resolve("out").toString(),
                "--import-dir",
                home.resolve("import").toString(),
                "--name",
                "shop",
                "--namespace",
                "prod",
                "--network",
                "pod",
                "--storage",
                "0=fast",
                "--compress",
                "zstd",
                "--yes");

        assertThat(run.exitCode()).as(run.all()).isZero();
        Path folder = home.resolve("out/prod/shop");
        assertThat(folder.resolve("shop-disk-0.qcow2")).exists();
        assertThat(folder.resolve("datavolume-shop-disk-0.yaml")).content().contains("storageClassName: fast");
        // The answers are a migration file like any other.
        CommandLineRun plan = CommandLineRun.of(
                "plan", "-f", home.resolve("import/migration.yaml").toString());
        assertThat(plan.exitCode()).as(plan.all()).isZero();
    }

    @Test
    void nobodyThereAndAQuestionOpenIsAnErrorThatNamesTheFlag() {
        CommandLineRun run = CommandLineRun.of(
                "import",
                ova.toString(),
                "--to",
                home.resolve("out").toString(),
                "-d",
                home.resolve("i").toString());

        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("--network 0=NETWORK").contains("[BAD_USAGE]");
        assertThat(home.resolve("out/default")).doesNotExist();
    }

    @Test
    void severalVmsNeedAName() throws IOException {
        SampleDisks.ova(home.resolve("source"), "db01", 1, 64 * MIB, MIB, 32);
        CommandLineRun run = CommandLineRun.of(
                "import",
                home.resolve("source").toString(),
                "-d",
                home.resolve("i").toString());

        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("db01, web01").contains("--vm");
    }

    private int run(Questions questions) {
        Answers answers = Answers.open(home.resolve("import"));
        answers.put("source", ova.toString());
        answers.put("to", home.resolve("out").toString());
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text, true);
        RunConsole console = new RunConsole(out, out, false, OutputFormat.table, Locale.ENGLISH);
        return new AssistedImport(home.resolve("import"), "web01", answers, questions, console, false).run();
    }

    /** Answers from a list; fails the test when asked more than it has answers for. */
    private static final class Person implements Questions {
        final List<String> asked = new ArrayList<>();
        private final Deque<String> answers;

        Person(String... answers) {
            this.answers = new ArrayDeque<>(List.of(answers));
        }

        @Override
        public boolean anybody() {
            return true;
        }

        @Override
        public Optional<String> ask(String question, String usual, Predicate<String> accepted, String hint) {
            asked.add(question);
            while (true) {
                String answer = answers.removeFirst();
                if (answer.equals(LEAVE)) {
                    return Optional.empty();
                }
                if (accepted.test(answer)) {
                    return Optional.of(answer);
                }
            }
        }

        @Override
        public boolean agree(String question) {
            asked.add(question);
            return answers.removeFirst().equals("yes");
        }

        @Override
        public void say(String text) {
            // Nothing to answer.
        }
    }
}
