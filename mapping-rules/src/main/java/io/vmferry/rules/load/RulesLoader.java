package io.vmferry.rules.load;

import io.vmferry.rules.error.RulesError;
import io.vmferry.rules.model.MappingRule;
import io.vmferry.rules.model.MappingRules;
import io.vmferry.rules.model.MigrationFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads mapping rules, from a file of their own or from inside a migration file. */
public final class RulesLoader {
    private RulesLoader() {}

    /**
     * The rules that a migration uses: its own, those of the file it names, or none.
     *
     * @throws InvalidFileException with every problem of the rule file
     */
    public static MappingRules of(MigrationFile migration) {
        if (migration.mapping() != null) {
            return migration.mapping();
        }
        return migration.rulesFile() == null ? MappingRules.NONE : load(migration.rulesFile());
    }

    /**
     * Reads a rule file.
     *
     * @throws InvalidFileException with every problem of the file
     */
    public static MappingRules load(Path file) {
        return parse(file.toString(), Document.bytes(file));
    }

    /**
     * Reads the text of a rule file.
     *
     * @param file what errors call it
     */
    public static MappingRules parse(String file, byte[] bytes) {
        return Document.read(file, bytes, Document.MAPPING_RULES, RulesLoader::spec);
    }

    static MappingRules spec(String name, Fields spec) {
        MappingRules rules = new MappingRules(
                name,
                rules(spec, "placement", MatchReader::vm, TargetReader::placement),
                rules(spec, "networks", MatchReader::network, TargetReader::network),
                rules(spec, "storage", MatchReader::storage, TargetReader::storage),
                rules(spec, "compute", MatchReader::vm, TargetReader::compute));
        spec.end();
        return rules;
    }

    private static <M, T> List<MappingRule<M, T>> rules(
            Fields spec, String key, Function<Fields, M> match, Function<Fields, T> to) {
        List<MappingRule<M, T>> rules = new ArrayList<>();
        Map<String, Position> names = new HashMap<>();
        @Nullable Position defaultAt = null;
        for (Fields rule : spec.list(key)) {
            if (defaultAt != null) {
                rule.problem(
                        RulesError.CONFIG_CONTRADICTION,
                        rule.at(),
                        "this rule never applies, the default in line " + defaultAt.line() + " comes first",
                        "Move the rule with 'default: true' to the end of the list.");
            }
            String name = rule.text("name").orElse(key + "[" + rules.size() + "]");
            Position before = names.putIfAbsent(name, rule.at("name"));
            if (before != null) {
                rule.problem(
                        RulesError.CONFIG_CONTRADICTION,
                        rule.at("name"),
                        "the name '" + name + "' is taken by the rule in line " + before.line(),
                        "Give each rule of a list its own name.");
            }
            rules.add(rule(rule, name, match, to));
            if (rule.has("default")) {
                defaultAt = rule.at();
            }
        }
        return rules;
    }

    private static <M, T> MappingRule<M, T> rule(
            Fields rule, String name, Function<Fields, M> match, Function<Fields, T> to) {
        boolean isDefault = rule.has("default");
        if (isDefault && !rule.bool("default").orElse(true)) {
            rule.problem(
                    RulesError.CONFIG_BAD_VALUE,
                    rule.at("default"),
                    rule.path("default") + " is 'false', allowed is true",
                    "Remove the line and give the rule a 'match'.");
        }
        exactlyOne(rule, "match", "default");
        exactlyOne(rule, "to", "block");
        @Nullable M condition = rule.fields("match").map(match).orElse(null);
        @Nullable T target = rule.fields("to").map(to).orElse(null);
        @Nullable String block = rule.text("block").orElse(null);
        rule.end();
        return new MappingRule<>(name, isDefault ? null : condition, target, block);
    }

    private static void exactlyOne(Fields rule, String one, String other) {
        boolean hasOne = rule.has(one);
        boolean hasOther = rule.has(other);
        if (!rule.isReadable() || hasOne != hasOther) {
            return;
        }
        if (hasOne) {
            rule.problem(
                    RulesError.CONFIG_CONTRADICTION,
                    rule.at(other),
                    "a rule has either '" + one + "' or '" + other + "', this one has both",
                    "Remove one of the two.");
        } else {
            rule.problem(
                    RulesError.CONFIG_MISSING_KEY,
                    rule.at(),
                    "a rule needs either '" + one + "' or '" + other + "', this one has neither",
                    one.equals("match")
                            ? "Add 'match: {...}', or 'default: true' if it is the last one."
                            : "Add 'to: {...}', or 'block: why' to refuse.");
        }
    }
}
