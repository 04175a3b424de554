package io.vmferry.cli.assist;

import io.vmferry.batch.BatchError;
import io.vmferry.spi.error.VmferryException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network in one word, as a flag or an answer gives it: {@code pod}, {@code multus:NAMESPACE/NAME}, {@code
 * hybridnet:NETWORK} or {@code hybridnet:NETWORK/SUBNET}.
 */
public final class NetworkAnswer {
    public static final String FORMS = "pod, multus:NAMESPACE/NAME, hybridnet:NETWORK or hybridnet:NETWORK/SUBNET";

    private NetworkAnswer() {}

    /** The {@code to} of a network rule. */
    public static Map<String, Object> target(String word) {
        int colon = word.indexOf(':');
        String driver = colon < 0 ? word : word.substring(0, colon);
        String rest = colon < 0 ? "" : word.substring(colon + 1);
        int slash = rest.indexOf('/');
        String first = slash < 0 ? rest : rest.substring(0, slash);
        String second = slash < 0 ? "" : rest.substring(slash + 1);
        Map<String, Object> to = new LinkedHashMap<>();
        to.put("driver", driver);
        boolean understood = switch (driver) {
            case "pod" -> rest.isEmpty();
            case "multus" -> {
                to.put("namespace", first);
                to.put("name", second);
                yield !first.isEmpty() && !second.isEmpty();
            }
            case "hybridnet" -> {
                to.put("network", first);
                if (!second.isEmpty()) {
                    to.put("subnet", second);
                }
                yield !first.isEmpty();
            }
            default -> false;
        };
        if (!understood) {
            throw new VmferryException(
                    BatchError.BAD_USAGE, "network \"" + word + "\"", "it is not understood", "Use " + FORMS + ".");
        }
        return to;
    }
}
