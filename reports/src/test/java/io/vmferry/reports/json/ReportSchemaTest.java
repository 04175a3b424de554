package io.vmferry.reports.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vmferry.reports.SampleReports;
import io.vmferry.reports.SampleRuns;
import io.vmferry.spi.report.PlanReport;
import io.vmferry.spi.report.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportSchemaTest {
    @Test
    void whatIsWrittenIsValid() {
        assertThat(errors("plan", JsonReportsTest.plan(SampleReports.plan()))).isEmpty();
        assertThat(errors("run", JsonReportsTest.run(SampleRuns.goingOn()))).isEmpty();
        assertThat(errors("run", JsonReportsTest.run(SampleRuns.ended()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"schema\": \"vmferry.io/plan-report/v1\"|\"schema\": \"vmferry.io/plan-report/v2\"",
                "\"planHash\"|\"planHush\"",
                "\"severity\": \"INFO\"|\"severity\": \"FATAL\"",
                "\"bytesToRead\": 1|\"bytesToRead\": -1",
                "\"sockets\": 2|\"sockets\": 0",
                "\"start\": false|\"start\": \"no\"",
                "\"capacityBytes\": 85899345920|\"capacityBytes\": \"80 GiB\"",
                "\"created\": \"2026-11-24T02:15:30Z\"|\"created\": \"yesterday\"",
                "\"prefixLength\": 24|\"prefixLength\": 129",
                "\"encoding\": \"DEFLATE\"|\"encoding\": \"LZMA\"",
                "\"message\": |\"massage\":",
            })
    void wrongPlansAreRejected(String right, String wrong) {
        assertRejected("plan", JsonReportsTest.plan(SampleReports.plan()), right, wrong);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"state\": \"FAILED\"|\"state\": \"BROKEN\"",
                "\"seconds\": 1|\"seconds\": -1",
                "\"hex\": \"|\"hex\": \"Z",
                "\"failure\": null|\"failure\": \"none\"",
                "\"run\": \"r-20261124-0300\"|\"run\": \"\"",
                "\"position\"|\"posture\"",
                "\"finished\": null|\"finished\": 0",
            })
    void wrongRunsAreRejected(String right, String wrong) {
        assertRejected("run", JsonReportsTest.run(SampleRuns.goingOn()), right, wrong);
    }

    private static void assertRejected(String kind, String json, String right, String wrong) {
        assertThat(json).contains(right);
        String changed = json.replace(right, wrong);
        assertThat(errors(kind, changed)).as("%s instead of %s", wrong, right).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "run"})
    void everyPropertyIsDescribed(String kind) throws IOException {
        JsonNode schema = JsonMapper.shared().readTree(text(kind));
        List<String> silent = new ArrayList<>();
        undescribed(schema, "", silent);
        assertThat(silent).isEmpty();
        assertThat(schema.path("description").asString()).isNotBlank();
    }

    private static void undescribed(JsonNode node, String path, List<String> silent) {
        for (String group : List.of("properties", "$defs")) {
            node.path(group).forEachEntry((name, child) -> {
                if (child.path("description").asString("").isBlank()) {
                    silent.add(path + "/" + group + "/" + name);
                }
                undescribed(child, path + "/" + group + "/" + name, silent);
            });
        }
    }

    /** Holds the schemas to the records: same fields in the same order, null where it may be, same constants. */
    @Test
    void schemasAndRecordsAgree() throws IOException {
        assertThat(disagreements("plan", PlanReport.class)).isEmpty();
        assertThat(disagreements("run", RunReport.class)).isEmpty();
    }

    @Test
    void definitionsThatBothSchemasHaveAreTheSame() throws IOException {
        JsonNode plan = JsonMapper.shared().readTree(text("plan")).path("$defs");
        JsonNode run = JsonMapper.shared().readTree(text("run")).path("$defs");
        Set<String> common = new TreeSet<>(plan.propertyNames());
        common.retainAll(run.propertyNames());
        assertThat(common).contains("Finding", "NicPlan", "TargetVm");
        for (String name : common) {
            assertThat(plan.get(name)).as(name).isEqualTo(run.get(name));
        }
    }

    private static List<String> disagreements(String kind, Class<?> root) throws IOException {
        JsonNode schema = JsonMapper.shared().readTree(text(kind));
        Map<String, Class<?>> types = new LinkedHashMap<>();
        reach(root, types);
        List<String> wrong = new ArrayList<>();
        Set<String> unused = new HashSet<>(schema.path("$defs").propertyNames());
        types.forEach((name, type) -> {
            unused.remove(name);
            JsonNode definition = type == root ? schema : schema.path("$defs").path(name);
            if (type.isEnum()) {
                if (!definition.isMissingNode() || type.getSimpleName().equals("RunState")) {
                    compare(wrong, name, constants(type), strings(definition.path("enum")));
                }
                return;
            }
            List<String> components = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                components.add(component.getName());
                JsonNode property = definition.path("properties").path(component.getName());
                boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
                if (property.toString().contains("\"null\"") != nullable) {
                    wrong.add(name + "." + component.getName() + ": nullable in one of them only");
                }
                if (component.getType().isEnum() && property.has("enum")) {
                    compare(
                            wrong,
                            name + "." + component.getName(),
                            constants(component.getType()),
                            strings(property.path("enum")));
                }
            }
            compare(
                    wrong,
                    name,
                    components,
                    List.copyOf(definition.path("properties").propertyNames()));
            compare(wrong, name + " required", components, strings(definition.path("required")));
        });
        unused.forEach(name -> wrong.add(name + ": nothing has this type"));
        return wrong;
    }

    private static void compare(List<String> wrong, String what, List<String> model, List<String> schema) {
        if (!model.equals(schema)) {
            wrong.add(what + ": model " + model + ", schema " + schema);
        }
    }

    private static void reach(Type type, Map<String, Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                reach(argument, found);
            }
        } else if (type instanceof Class<?> plain
                && plain.getName().startsWith("io.vmferry.")
                && found.putIfAbsent(plain.getSimpleName(), plain) == null
                && plain.isRecord()) {
            for (RecordComponent component : plain.getRecordComponents()) {
                reach(component.getGenericType(), found);
            }
        }
    }

    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(c -> ((Enum<?>) c).name())
                .toList();
    }

    private static List<String> strings(JsonNode array) {
        return Stream.of(array)
                .flatMap(a -> a.valueStream())
                .map(JsonNode::asString)
                .toList();
    }

    private static List<Error> errors(String kind, String json) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text(kind));
        return schema.validate(
                json,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static String text(String kind) {
        String name = "/io/vmferry/reports/" + kind + "-report.schema.json";
        try (InputStream in = ReportSchemaTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
