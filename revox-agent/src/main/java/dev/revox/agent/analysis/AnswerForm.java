package dev.revox.agent.analysis;

import dev.revox.agent.json.ModelJson;
import dev.revox.assistant.tool.DataField;
import dev.revox.assistant.tool.FieldType;
import dev.revox.attempt.CallOutcome;
import dev.revox.outcome.CallAnalysis;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form that the model fills in about a call: its strict JSON schema, and the check of what came back.
 *
 * <p>Strict schemas require every member, so an optional field may be null instead of absent; null members are left out of the
 * result.
 *
 * <p><b>Thread:</b> Immutable.
 */
final class AnswerForm {

    private static final String FIELDS = "structured_output";

    private final List<DataField> fields;

    AnswerForm(List<DataField> fields) {
        this.fields = List.copyOf(fields);
    }

    /** What came back, or what is wrong with it. */
    record Checked(Optional<CallAnalysis> analysis, List<String> problems) {
        Checked {
            problems = List.copyOf(problems);
        }
    }

    String schema() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(
                "outcome",
                Map.of(
                        "type",
                        List.of("string", "null"),
                        "enum",
                        withNull(Arrays.stream(CallOutcome.values())
                                .map(CallOutcome::wireName)
                                .toList())));
        members.put("outcome_summary", Map.of("type", List.of("string", "null")));
        if (!fields.isEmpty()) {
            Map<String, Object> properties = new LinkedHashMap<>();
            fields.forEach(field -> properties.put(field.name(), schemaOf(field)));
            members.put(FIELDS, object(properties));
        }
        return ModelJson.write(object(members));
    }

    Checked check(String answer) {
        Optional<Map<String, Object>> parsed = ModelJson.object(answer.strip());
        if (parsed.isEmpty()) {
            return new Checked(Optional.empty(), List.of("the answer is not one JSON object"));
        }
        List<String> problems = new ArrayList<>();
        Map<String, Object> root = parsed.get();
        Optional<CallOutcome> outcome = outcome(root.get("outcome"), problems);
        Optional<String> summary = Optional.empty();
        if (root.get("outcome_summary") instanceof String text && !text.isBlank()) {
            summary = Optional.of(text.strip());
        }
        Map<String, Object> output = new LinkedHashMap<>();
        if (!fields.isEmpty()) {
            if (root.get(FIELDS) instanceof Map<?, ?> given) {
                fields.forEach(field -> fill(field, given.get(field.name()), output, problems));
            } else {
                problems.add(FIELDS + " is missing");
            }
        }
        return problems.isEmpty()
                ? new Checked(Optional.of(new CallAnalysis(outcome, summary, output)), List.of())
                : new Checked(Optional.empty(), problems);
    }

    private static Optional<CallOutcome> outcome(@Nullable Object value, List<String> problems) {
        if (value == null) {
            return Optional.empty();
        }
        Optional<CallOutcome> known = Arrays.stream(CallOutcome.values())
                .filter(outcome -> outcome.wireName().equals(value))
                .findFirst();
        if (known.isEmpty()) {
            problems.add("outcome is none of the allowed values");
        }
        return known;
    }

    private static void fill(
            DataField field, @Nullable Object value, Map<String, Object> output, List<String> problems) {
        if (value == null) {
            // What was never said in the call cannot be found, whatever the form requires.
            return;
        }
        boolean fits = switch (field.type()) {
            case STRING -> value instanceof String;
            case NUMBER -> value instanceof Number;
            case BOOLEAN -> value instanceof Boolean;
            case ENUM -> value instanceof String text && field.enumOptions().contains(text);
            case DATE -> value instanceof String text && isDate(text);
            case DATETIME -> value instanceof String text && isDateTime(text);
        };
        if (fits) {
            output.put(field.name(), value);
        } else {
            problems.add(FIELDS + "." + field.name() + " is not a valid "
                    + field.type().wireName());
        }
    }

    private static Map<String, Object> schemaOf(DataField field) {
        Map<String, Object> schema = new LinkedHashMap<>();
        String type = switch (field.type()) {
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case STRING, ENUM, DATE, DATETIME -> "string";
        };
        // Null for "not said": a model that must give a value invents one.
        schema.put("type", List.of(type, "null"));
        if (field.type() == FieldType.ENUM) {
            schema.put("enum", withNull(field.enumOptions()));
        }
        String form = switch (field.type()) {
            case DATE -> "ISO 8601 date, YYYY-MM-DD.";
            case DATETIME -> "ISO 8601 date and time, with offset when it is known.";
            case STRING, NUMBER, BOOLEAN, ENUM -> "";
        };
        String description = (field.description().orElse("") + " " + form + " Null when it was not said.").strip();
        schema.put("description", description);
        return schema;
    }

    private static Map<String, Object> object(Map<String, Object> properties) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", List.copyOf(properties.keySet()));
        schema.put("additionalProperties", false);
        return schema;
    }

    private static List<@Nullable Object> withNull(List<String> values) {
        List<@Nullable Object> all = new ArrayList<>(values);
        all.add(null);
        return all;
    }

    private static boolean isDate(String text) {
        try {
            LocalDate unused = LocalDate.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isDateTime(String text) {
        try {
            var unused = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
