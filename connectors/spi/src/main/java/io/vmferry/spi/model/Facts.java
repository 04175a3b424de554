package io.vmferry.spi.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies that keep the order in which a source named things, so that plans and reports do not change from run to run. */
final class Facts {
    private Facts() {}

    static <V> Map<String, V> ordered(Map<String, V> facts) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
