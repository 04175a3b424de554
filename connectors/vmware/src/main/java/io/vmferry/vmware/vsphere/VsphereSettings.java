package io.vmferry.vmware.vsphere;

import io.vmferry.spi.config.Settings;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.source.SourceConfig;
import io.vmferry.vmware.vsphere.client.Credentials;
import io.vmferry.vmware.vsphere.disk.Transfer;
import io.vmferry.vmware.vsphere.http.Fingerprint;
import io.vmferry.vmware.vsphere.http.Trust;
import io.vmferry.vmware.vsphere.inventory.PlaceFilter;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a migration file says about a source of type {@code vsphere}.
 *
 * @param base {@code https://host:port}
 * @param filter which VMs belong to the source
 * @param transfer how disks come out
 * @param connections parallel connections a disk
 */
record VsphereSettings(
        URI base, Credentials credentials, Trust trust, PlaceFilter filter, Transfer transfer, int connections) {
    private static final String CA_FILE = "trust.caFile";
    private static final String SHA256 = "trust.sha256";
    private static final String SHA1 = "trust.sha1";
    private static final String INSECURE = "trust.insecure";
    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "server",
            "user",
            "passwordFile",
            "passwordEnv",
            CA_FILE,
            SHA256,
            SHA1,
            INSECURE,
            "datacenter",
            "folder",
            "transfer",
            "connections"));
    private static final int DEFAULT_CONNECTIONS = 6;
    private static final int MOST_CONNECTIONS = 8;
    private static final long LONGEST_PASSWORD_FILE = 4096;

    /** @param environment variable to value; null for one that is not set */
    static VsphereSettings of(SourceConfig config, java.util.function.Function<String, @Nullable String> environment) {
        return new Reader(config, environment).read();
    }

    private record Reader(SourceConfig config, java.util.function.Function<String, @Nullable String> environment) {
        VsphereSettings read() {
            for (String key : settings().values().keySet()) {
                if (!KNOWN.contains(key)) {
                    throw invalid(
                            "it has the setting \"" + key + "\", which this type of source does not know",
                            "Use these: " + String.join(", ", KNOWN) + ".");
                }
            }
            return new VsphereSettings(
                    server(),
                    new Credentials(required("user"), password()),
                    trust(),
                    new PlaceFilter(settings().list("datacenter"), settings().list("folder")),
                    transfer(),
                    connections());
        }

        private Settings settings() {
            return config.settings();
        }

        private String required(String key) {
            return settings()
                    .text(key)
                    .filter(t -> !t.isBlank())
                    .orElseThrow(() -> invalid(
                            "it has no \"" + key + "\"",
                            "Add \"" + key + ":\" to the source; the connector's page shows an example."));
        }

        private URI server() {
            String text = required("server").strip();
            String address = text.replaceFirst("(?i)^https://", "").replaceFirst("/.*$", "");
            try {
                URI uri = new URI("https://" + address);
                if (uri.getHost() != null
                        && uri.getUserInfo() == null
                        && !text.toLowerCase(Locale.ROOT).startsWith("http://")) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // The same words as for what parses and is no address.
            }
            throw invalid(
                    "\"server\" is no name or address of a server that speaks HTTPS",
                    "Write the name or IP address of the vCenter or ESXi host, with :port if it is not 443.");
        }

        private Supplier<String> password() {
            String variable = settings().text("passwordEnv").orElse(null);
            Path file = settings().path("passwordFile").orElse(null);
            if ((variable == null) == (file == null)) {
                throw invalid(
                        variable == null
                                ? "it does not say where the password is"
                                : "it names two places for the password",
                        "Set either passwordFile to a file whose first line is the password, or passwordEnv to the name of"
                                + " an environment variable.");
            }
            return file != null ? () -> firstLine(file) : () -> variable(variable == null ? "" : variable);
        }

        private String variable(String name) {
            String value = environment.apply(name);
            if (value == null || value.isEmpty()) {
                throw invalid(
                        "the environment variable " + name + " is not set",
                        "Set it to the password of the source's user, or use passwordFile.");
            }
            return value;
        }

        private String firstLine(Path file) {
            try {
                if (Files.size(file) > LONGEST_PASSWORD_FILE) {
                    throw invalid(
                            "the password file " + file + " has more than " + LONGEST_PASSWORD_FILE + " bytes",
                            "Name a file whose first line is the password.");
                }
                String text = Files.readString(file, StandardCharsets.UTF_8);
                String line = text.lines().findFirst().orElse("");
                if (line.isEmpty()) {
                    throw invalid("the password file " + file + " is empty", "Write the password into its first line.");
                }
                return line;
            } catch (MalformedInputException e) {
                throw invalid("the password file " + file + " is no text in UTF-8", "Save it as UTF-8.");
            } catch (IOException e) {
                throw IoFailure.reading(file.toString(), e);
            }
        }

        private Trust trust() {
            boolean insecure = insecure();
            List<String> named = List.of(CA_FILE, SHA256, SHA1).stream()
                    .filter(k -> settings().text(k).isPresent())
                    .toList();
            if (named.size() + (insecure ? 1 : 0) > 1) {
                throw invalid(
                        "it says in several ways whom to trust",
                        "Keep one of " + CA_FILE + ", " + SHA256 + ", " + SHA1 + " and " + INSECURE + ".");
            }
            if (insecure) {
                return Trust.insecure();
            }
            if (named.isEmpty()) {
                return Trust.platform();
            }
            if (named.get(0).equals(CA_FILE)) {
                return Trust.caFile(settings().path(CA_FILE).orElseThrow());
            }
            return Trust.pinned(Fingerprint.parse(settings().text(named.get(0)).orElseThrow()));
        }

        private boolean insecure() {
            String text = settings().text(INSECURE).orElse("false");
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default ->
                    throw invalid("\"" + INSECURE + "\" is neither true nor false", "Write true, or leave it out.");
            };
        }

        private Transfer transfer() {
            UnaryOperator<String> upper = t -> t.strip().toUpperCase(Locale.ROOT);
            String text = settings().text("transfer").map(upper).orElse("AUTO");
            for (Transfer transfer : Transfer.values()) {
                if (transfer.name().equals(text)) {
                    return transfer;
                }
            }
            throw invalid(
                    "\"transfer\" is none of auto, folder and nfc",
                    "Leave it out to let vmferry choose for each disk.");
        }

        private int connections() {
            String text = settings().text("connections").orElse(Integer.toString(DEFAULT_CONNECTIONS));
            int number = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
            if (number < 1 || number > MOST_CONNECTIONS) {
                throw invalid(
                        "\"connections\" is no number from 1 to " + MOST_CONNECTIONS,
                        "Leave it out for " + DEFAULT_CONNECTIONS + " connections a disk.");
            }
            return number;
        }

        private VmferryException invalid(String reason, String remedy) {
            return new VmferryException(
                    VsphereError.VSPHERE_SETTING_INVALID, "source \"" + config.name() + "\"", reason, remedy);
        }
    }
}
