package io.vmferry.rules.load;

import io.vmferry.rules.error.RulesError;
import io.vmferry.rules.load.YamlNode.Entry;
import io.vmferry.rules.load.YamlNode.Keys;
import io.vmferry.spi.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a connector's own keys, which only the connector knows: nested keys are joined with a dot. */
final class SettingsReader {
    private final Path baseFolder;
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /** Words that name a secret itself, unlike {@code passwordFile} and {@code passwordEnv}, which say where one is. */
    private static final Set<String> SECRETS = Set.of(
            "password",
            "passwd",
            "pass",
            "secret",
            "token",
            "apikey",
            "accesskey",
            "secretkey",
            "privatekey",
            "credentials");

    SettingsReader(Path baseFolder) {
        this.baseFolder = baseFolder;
    }

    /** Takes what nobody asked for yet. */
    Settings rest(Fields fields) {
        take(fields, "", fields.rest());
        return new Settings(values, baseFolder);
    }

    private void take(Fields fields, String prefix, List<Entry> entries) {
        for (Entry entry : entries) {
            String key = prefix + entry.key();
            if (entry.value() instanceof Keys nested) {
                take(fields, key + ".", nested.entries());
                continue;
            }
            if (SECRETS.contains(entry.key().toLowerCase(Locale.ROOT).replaceAll("[-_]", ""))) {
                fields.problem(
                        RulesError.CONFIG_SECRET,
                        entry.at(),
                        fields.path(key) + " would put a secret into this file",
                        "Put it into a file that only you can read and name that with a key such as 'passwordFile', or"
                                + " name a variable with one such as 'passwordEnv'.");
                continue;
            }
            List<String> list = fields.values(entry.value(), fields.path(key), "text or a list of texts", text -> text);
            if (!list.isEmpty()) {
                values.put(key, list);
            }
        }
    }
}
