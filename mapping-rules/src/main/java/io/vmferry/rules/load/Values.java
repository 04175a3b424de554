package io.vmferry.rules.load;

import io.vmferry.rules.error.RulesError;
import io.vmferry.rules.load.Fields.BadValue;
import io.vmferry.rules.match.Glob;
import io.vmferry.rules.match.Regex;
import io.vmferry.rules.match.TextPattern;
import io.vmferry.rules.network.IpAddress;
import io.vmferry.rules.network.MacAddress;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.GuestInterface;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Kinds of values that both documents know, each with the words that say what is allowed. */
final class Values {
    private Values() {}

    static final String NAME =
            "a name of small letters, digits and '-' (at most 63, beginning and ending with a letter or digit)";
    static final String QUALIFIED_NAME = "a name of letters, digits, '-', '_' and '.' (at most 63)";
    static final String GLOB = "a name, in which * stands for anything and ? for one character";
    static final String REGEX = "a regular expression";
    static final String SIZE = "a size such as 512MiB, 10GiB or 2TiB";
    static final String ADDRESS = "an address with its prefix length, such as 192.168.56.21/24";
    static final String MAC = "a MAC address of one card, such as 00:50:56:aa:bb:01";
    static final String TIME_SPAN = "a time such as 90s, 5m or 1h, at most 24h";
    static final String ZONE = "utc or a timezone such as Asia/Shanghai";

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern QUALIFIED = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15})\\s*([A-Za-z]*)");

    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(s|m|h)");

    private static final Map<String, Integer> UNITS =
            Map.of("", 0, "b", 0, "ki", 10, "kib", 10, "mi", 20, "mib", 20, "gi", 30, "gib", 30, "ti", 40, "tib", 40);

    /** What Kubernetes takes as a name and as a label. */
    static String name(String text) {
        if (!LABEL.matcher(text).matches()) {
            throw new BadValue("");
        }
        return text;
    }

    static String qualifiedName(String text) {
        if (!QUALIFIED.matcher(text).matches()) {
            throw new BadValue("");
        }
        return text;
    }

    static TextPattern glob(String text) {
        return new Glob(text);
    }

    static TextPattern regex(String text) {
        try {
            return new Regex(text);
        } catch (PatternSyntaxException e) {
            int index = e.getIndex();
            throw new BadValue(
                    RulesError.RULES_REGEX,
                    "it is none: " + e.getDescription().toLowerCase(Locale.ROOT)
                            + (index < 0 ? "" : " at character " + (index + 1)));
        } catch (VmferryException e) {
            throw new BadValue(
                    RulesError.RULES_REGEX,
                    "this one could take practically forever: repetitions stand inside or beside repetitions");
        }
    }

    /** A size in bytes. */
    static Long size(String text) {
        Matcher amount = AMOUNT.matcher(text.strip());
        if (!amount.matches()) {
            throw new BadValue("");
        }
        Integer shift = UNITS.get(amount.group(2).toLowerCase(Locale.ROOT));
        if (shift == null) {
            throw new BadValue(
                    amount.group(2).matches("(?i)[kmgt]b?")
                            ? "write " + amount.group(2).substring(0, 1).toUpperCase(Locale.ROOT)
                                    + "iB for the unit by 1024"
                            : "");
        }
        try {
            long bytes = Math.multiplyExact(Long.parseLong(amount.group(1)), 1L << shift);
            return bytes;
        } catch (ArithmeticException e) {
            throw new BadValue("it is too large");
        }
    }

    /** At least a second, at most a day. */
    static Duration duration(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new BadValue("");
        }
        long amount = Long.parseLong(time.group(1));
        Duration duration = switch (time.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
        if (duration.isZero() || duration.compareTo(Duration.ofDays(1)) > 0) {
            throw new BadValue("");
        }
        return duration;
    }

    static GuestInterface.Address address(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new BadValue("the /prefix length is missing");
        }
        IpAddress ip = IpAddress.parse(text.substring(0, slash)).orElseThrow(() -> new BadValue(""));
        String length = text.substring(slash + 1);
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > ip.bits() || Integer.parseInt(length) == 0) {
            throw new BadValue("the prefix length is from 1 to " + ip.bits());
        }
        if (!ip.isUsable()) {
            throw new BadValue("this address cannot belong to one card");
        }
        return new GuestInterface.Address(ip.text(), Integer.parseInt(length));
    }

    static String mac(String text) {
        return MacAddress.normal(text).orElseThrow(() -> new BadValue(""));
    }

    static String zone(String text) {
        if (text.equalsIgnoreCase("utc")) {
            return "utc";
        }
        try {
            if (text.contains("/")) {
                return ZoneId.of(text).getId();
            }
        } catch (DateTimeException e) {
            throw new BadValue("this timezone is not known");
        }
        throw new BadValue(text.equalsIgnoreCase("localtime") ? "localtime does not say which zone" : "");
    }
}
