package io.vmferry.rules.load;

import io.vmferry.rules.error.RulesError;
import io.vmferry.rules.load.YamlNode.Entry;
import io.vmferry.rules.load.YamlNode.Items;
import io.vmferry.rules.load.YamlNode.Keys;
import io.vmferry.rules.load.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document into positioned nodes. Works on parser events, so that nothing is expanded, guessed or built that a
 * hostile file could blow up: no aliases, no tags, bounded size and depth.
 */
final class YamlReader {
    /** A migration of ten thousand VMs with an override each stays below. */
    static final int MOST_BYTES = 8 << 20;

    private static final int MOST_DEPTH = 40;

    private final Problems problems;
    private final Iterator<Event> events;
    private final String text;

    private YamlReader(String text, Problems problems) {
        this.text = text;
        this.problems = problems;
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(MOST_BYTES).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** @throws InvalidFileException when the file is no YAML at all; lesser problems are only collected */
    static YamlNode read(byte[] bytes, Problems problems) {
        if (bytes.length > MOST_BYTES) {
            throw problems.fatal(
                    RulesError.YAML_TOO_LARGE,
                    Position.START,
                    "the file has " + bytes.length + " bytes, at most " + MOST_BYTES + " are read",
                    "Check that this is the file you meant; split it if it is.");
        }
        YamlReader reader = new YamlReader(Utf8Text.decode(bytes, problems), problems);
        try {
            return reader.document();
        } catch (MarkedYamlEngineException e) {
            throw reader.syntax(e);
        } catch (ReaderException e) {
            throw problems.fatal(
                    RulesError.YAML_SYNTAX,
                    reader.positionOf(e.getPosition()),
                    String.format("the character U+%04X cannot stand in a YAML file", e.getCodePoint()),
                    "Delete it, or write it as an escape inside double quotes.");
        } catch (YamlEngineException e) {
            throw problems.fatal(
                    RulesError.YAML_SYNTAX,
                    Position.START,
                    "this is not valid YAML (" + e.getMessage() + ")",
                    SYNTAX_REMEDY);
        }
    }

    private YamlNode document() {
        next(Event.ID.StreamStart);
        Event first = events.next();
        if (first.getEventId() == Event.ID.StreamEnd) {
            throw empty();
        }
        YamlNode root = node(events.next(), 0);
        if (root instanceof Scalar scalar && scalar.isNull()) {
            throw empty();
        }
        next(Event.ID.DocumentEnd);
        Event last = events.next();
        if (last.getEventId() != Event.ID.StreamEnd) {
            problems.add(
                    RulesError.YAML_UNSUPPORTED,
                    at(last),
                    "a second document begins here, one document per file is read",
                    "Move it to a file of its own.");
        }
        return root;
    }

    private InvalidFileException empty() {
        return problems.fatal(
                RulesError.YAML_EMPTY,
                Position.START,
                "the file is empty",
                "Begin with 'apiVersion: vmferry.io/v1' and 'kind: Migration' or 'kind: MappingRules'; examples/ has complete files.");
    }

    private void next(Event.ID expected) {
        Event event = events.next();
        if (event.getEventId() != expected) {
            throw new IllegalStateException("YAML parser gave " + event + " instead of " + expected);
        }
    }

    private YamlNode node(Event event, int depth) {
        if (depth > MOST_DEPTH) {
            throw problems.fatal(
                    RulesError.YAML_TOO_LARGE,
                    at(event),
                    "values are nested more than " + MOST_DEPTH + " deep",
                    "No migration file needs this; look for a bracket that is never closed.");
        }
        if (event instanceof AliasEvent alias) {
            unsupported(event, "the alias '*" + alias.getAlias() + "' is not followed", "Write the value out.");
            return new Scalar(at(event), "", true);
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            unsupported(event, "the anchor '&" + node.getAnchor().get() + "' has no meaning here", "Remove it.");
        }
        if (event instanceof ScalarEvent scalar) {
            noTag(event, scalar.getTag());
            return new Scalar(at(event), scalar.getValue(), !scalar.isPlain());
        }
        noTag(event, ((CollectionStartEvent) event).getTag());
        return event.getEventId() == Event.ID.SequenceStart ? items(event, depth) : keys(event, depth);
    }

    private void noTag(Event event, Optional<String> tag) {
        tag.ifPresent(name -> unsupported(event, "the tag '" + name + "' has no meaning here", "Remove it."));
    }

    private void unsupported(Event event, String sentence, String remedy) {
        problems.add(RulesError.YAML_UNSUPPORTED, at(event), sentence, remedy);
    }

    private Items items(Event start, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new Items(at(start), items);
    }

    private Keys keys(Event start, int depth) {
        List<Entry> entries = new ArrayList<>();
        Map<String, Position> seen = new HashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Position at = at(event);
            YamlNode key = node(event, depth + 1);
            YamlNode value = node(events.next(), depth + 1);
            if (!(key instanceof Scalar name)) {
                unsupported(event, key.what() + " cannot be a key", "Write a plain word before the ':'.");
                continue;
            }
            Position before = seen.putIfAbsent(name.text(), at);
            if (before == null) {
                entries.add(new Entry(at, name.text(), value));
            } else {
                problems.add(
                        RulesError.YAML_DUPLICATE_KEY,
                        at,
                        "key '" + name.text() + "' stands here a second time, first in line " + before.line(),
                        "Keep one of the two.");
            }
        }
        return new Keys(at(start), entries);
    }

    private static Position at(Event event) {
        return event.getStartMark().map(YamlReader::at).orElse(Position.START);
    }

    private static Position at(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static final String SYNTAX_REMEDY =
            "Look at this line and the one above: indentation by spaces, a blank after ':' and '-', closed quotes and brackets.";

    private InvalidFileException syntax(MarkedYamlEngineException e) {
        Optional<Mark> mark = e.getProblemMark();
        Position at = mark.map(YamlReader::at).orElse(Position.START);
        boolean behindATab = String.valueOf(e.getProblem()).contains("(TAB)");
        if (behindATab || mark.map(YamlReader::isTab).orElse(false)) {
            return problems.fatal(
                    RulesError.YAML_SYNTAX,
                    behindATab ? firstTabOf(at.line()) : at,
                    "a tab stands where YAML wants spaces",
                    "Indent with spaces only; set your editor to insert spaces.");
        }
        String context = e.getContextMark()
                .filter(start -> start.getLine() + 1 != at.line())
                .map(start -> ", in what begins in line " + (start.getLine() + 1))
                .orElse("");
        return problems.fatal(
                RulesError.YAML_SYNTAX,
                at,
                "this is not valid YAML: " + SyntaxWords.plain(e.getProblem()) + context,
                SYNTAX_REMEDY);
    }

    /** The parser notices a tab after a dash only at the key behind it. */
    private Position firstTabOf(int line) {
        String[] lines = text.split("\n", -1);
        return new Position(line, lines[line - 1].indexOf('\t') + 1);
    }

    private static boolean isTab(Mark mark) {
        return mark.getPointer() < mark.getBuffer().length && mark.getBuffer()[mark.getPointer()] == '\t';
    }

    private Position positionOf(int index) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(index, text.length()); i++) {
            boolean feed = text.charAt(i) == '\n';
            line = feed ? line + 1 : line;
            column = feed ? 1 : column + 1;
        }
        return new Position(line, column);
    }
}
