package io.vmferry.rules;

import io.vmferry.rules.error.RulesError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.plan.Plan;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * A plan as canonical JSON: keys sorted, sets sorted, times in ISO form, no blanks. Equal plans give equal text, and text
 * gives the plan back.
 */
public final class PlanJson {
    private static final List<String> FILLING = List.of("usedBytes", "containerBytes");

    private PlanJson() {}

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .addModule(new SimpleModule().addSerializer(new SortedSet()))
            .build();

    public static String write(Plan plan) {
        return MAPPER.writeValueAsString(plan);
    }

    /**
     * Reads a plan back.
     *
     * @param subject where the text came from, for the error
     * @throws VmferryException when it is no plan, or one of another vmferry
     */
    public static Plan read(String subject, String json) {
        try {
            @Nullable Plan plan = MAPPER.readValue(json, Plan.class);
            if (plan == null) {
                throw unreadable(subject, "there is nothing", null);
            }
            return plan;
        } catch (JacksonException e) {
            throw unreadable(subject, e.getOriginalMessage(), e);
        }
    }

    private static VmferryException unreadable(String subject, String why, @Nullable Throwable cause) {
        return new VmferryException(
                RulesError.PLAN_UNREADABLE,
                subject,
                "this is not a plan that this vmferry can read (" + why + ")",
                "Make a new plan with 'vmferry plan'.",
                cause);
    }

    /**
     * The canonical text without what is another each time one looks: the time of planning, and how full the disks of a running
     * VM are.
     */
    static String withoutWhatPasses(Plan plan) {
        ObjectNode tree = MAPPER.valueToTree(plan);
        tree.remove("created");
        for (JsonNode vm : tree.required("vms")) {
            ObjectNode facts = (ObjectNode) vm.required("vm");
            if (facts.required("power").asString().equals(PowerState.ON.name())) {
                ((ObjectNode) facts.required("guest")).remove("fileSystems");
                facts.required("disks").forEach(disk -> ((ObjectNode) disk).remove(FILLING));
                for (JsonNode disk : vm.required("disks")) {
                    ((ObjectNode) disk).remove(List.of("bytesToRead", "bytesToWrite"));
                    ((ObjectNode) disk.required("disk")).remove(FILLING);
                }
            }
        }
        return tree.toString();
    }

    /** Java's immutable sets come out in another order each time a process starts. */
    private static final class SortedSet extends StdSerializer<Set<?>> {
        SortedSet() {
            super(Set.class);
        }

        @Override
        public void serialize(Set<?> set, JsonGenerator json, SerializationContext context) {
            json.writeStartArray();
            set.stream().map(String::valueOf).sorted().forEach(json::writeString);
            json.writeEndArray();
        }
    }
}
