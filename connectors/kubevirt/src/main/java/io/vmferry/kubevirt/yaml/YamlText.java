package io.vmferry.kubevirt.yaml;

import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.NonPrintableStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/**
 * Writes nested maps, lists, strings, numbers and booleans as a YAML document that people can read and every parser reads
 * alike. Keys keep their order. Stateless.
 *
 * <p>kubectl and KubeVirt read YAML 1.1, where {@code yes}, {@code 12:30:45}, {@code 1e3} and {@code 0o7} are not strings. So a
 * string is written without quotes only when it looks like a word, a quantity or a UUID; anything else is quoted.
 */
public final class YamlText {
    /** Words of letters, digits and marks that mean nothing in YAML, the first of them begun by a letter or a slash. */
    private static final Pattern WORDS = Pattern.compile("[A-Za-z/][A-Za-z0-9_./()-]*( [A-Za-z0-9_./()-]+)*");

    private static final Pattern QUANTITY = Pattern.compile("[0-9]+(Ki|Mi|Gi|Ti)");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** What YAML 1.1 takes for a boolean or null, in any case. */
    private static final Pattern KEYWORD = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

    /** No line is folded, however long a name is. */
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndent(2)
            .setWidth(Integer.MAX_VALUE)
            .setSplitLines(false)
            .setMaxSimpleKeyLength(1024)
            .setUseUnicodeEncoding(true)
            // Without these two, an empty map that occurs twice becomes an anchor, and a control character "!!binary".
            .setDereferenceAliases(true)
            .setNonPrintableStyle(NonPrintableStyle.ESCAPE)
            .build();

    private YamlText() {}

    /** @return the document, ended by a line feed */
    public static String of(Map<String, ?> document) {
        return new Dump(SETTINGS, new Strings(SETTINGS)).dumpToString(document);
    }

    static boolean plain(String text) {
        return QUANTITY.matcher(text).matches()
                || UUID.matcher(text).matches()
                || (WORDS.matcher(text).matches() && !KEYWORD.matcher(text).matches());
    }

    /** Text without halves of surrogate pairs, which no encoding of Unicode can carry. */
    private static String wellFormed(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(result::appendCodePoint);
        return result.toString();
    }

    private static final class Strings extends StandardRepresenter {
        Strings(DumpSettings settings) {
            super(settings);
            representers.put(String.class, this::string);
        }

        private Node string(Object data) {
            String text = wellFormed((String) data);
            return representScalar(Tag.STR, text, plain(text) ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
        }
    }
}
