package io.vmferry.cli;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records as JSON on standard output. */
final class JsonOutput {
    private JsonOutput() {}

    static String write(Object facts) {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(facts);
    }
}
