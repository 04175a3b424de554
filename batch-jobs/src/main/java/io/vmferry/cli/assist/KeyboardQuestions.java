package io.vmferry.cli.assist;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks on the terminal, line by line. */
public final class KeyboardQuestions implements Questions {
    private final BufferedReader in;
    private final PrintWriter out;
    private final boolean anybody;

    public KeyboardQuestions(InputStream in, PrintWriter out, boolean anybody) {
        this.in = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
        this.out = out;
        this.anybody = anybody;
    }

    @Override
    public boolean anybody() {
        return anybody;
    }

    @Override
    public Optional<String> ask(String question, String usual, Predicate<String> accepted, String hint) {
        while (true) {
            out.print(question + (usual.isEmpty() ? "" : " [" + usual + "]") + ": ");
            out.flush();
            @Nullable String line = line();
            if (line == null) {
                out.println();
                return Optional.empty();
            }
            String answer = line.isBlank() ? usual : line.strip();
            if (!answer.isEmpty() && accepted.test(answer)) {
                return Optional.of(answer);
            }
            out.println("  " + hint);
        }
    }

    @Override
    public boolean agree(String question) {
        out.print(question + " [y/N]: ");
        out.flush();
        @Nullable String line = line();
        return line != null
                && (line.strip().equalsIgnoreCase("y") || line.strip().equalsIgnoreCase("yes"));
    }

    @Override
    public void say(String text) {
        out.println(text);
        out.flush();
    }

    private @Nullable String line() {
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
