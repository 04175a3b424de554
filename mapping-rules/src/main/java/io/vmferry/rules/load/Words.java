package io.vmferry.rules.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How constants are written in YAML: {@code BOOT_SAFE} is {@code boot-safe}. */
final class Words {
    private Words() {}

    static <E extends Enum<E>> Map<String, E> of(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return words;
    }
}
