package dev.revox.agent.tool.mcp;

import dev.revox.agent.tool.schema.Shape;
import dev.revox.agent.tool.schema.TextFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Understands as much of a server's JSON schema as can be checked here. The rest is left to the server.
 *
 * <p><b>Thread:</b> Thread-safe; functions.
 */
final class SchemaReader {

    /** A schema with one of these says more than its type does. */
    private static final Set<String> TOO_MUCH =
            Set.of("$ref", "anyOf", "oneOf", "allOf", "not", "if", "const", "patternProperties", "nullable");

    private static final int DEEPEST = 16;

    private SchemaReader() {}

    /** The arguments of a tool; anything goes where the schema is beyond us. */
    static Shape.Members members(Map<String, Object> schema) {
        return shape(schema, 0) instanceof Shape.Members members ? members : new Shape.Members(List.of(), true);
    }

    private static Shape shape(Map<String, Object> schema, int depth) {
        Shape foreign = new Shape.Foreign(schema);
        if (depth > DEEPEST || schema.keySet().stream().anyMatch(TOO_MUCH::contains)) {
            return foreign;
        }
        return switch (String.valueOf(schema.get("type"))) {
            case "string" -> text(schema, foreign);
            case "number", "integer" ->
                schema.containsKey("enum") ? foreign : new Shape.Numeric("integer".equals(schema.get("type")));
            case "boolean" -> new Shape.Bool();
            case "array" ->
                schema.get("items") instanceof Map<?, ?> items
                        ? new Shape.Items(shape(named(items), depth + 1))
                        : foreign;
            case "object" -> object(schema, depth);
            default -> foreign;
        };
    }

    private static Shape text(Map<String, Object> schema, Shape foreign) {
        if (schema.get("enum") instanceof List<?> options) {
            return options.stream().allMatch(String.class::isInstance)
                    ? Shape.Text.oneOf(options.stream().map(String::valueOf).toList())
                    : foreign;
        }
        return switch (String.valueOf(schema.get("format"))) {
            case "date" -> Shape.Text.of(TextFormat.DATE);
            case "date-time" -> Shape.Text.of(TextFormat.DATETIME);
            default -> Shape.Text.ANY;
        };
    }

    private static Shape object(Map<String, Object> schema, int depth) {
        List<?> required = schema.get("required") instanceof List<?> names ? names : List.of();
        List<Shape.Member> members = new ArrayList<>();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            named(properties).forEach((name, property) -> {
                if (property instanceof Map<?, ?> inner) {
                    members.add(new Shape.Member(
                            name, shape(named(inner), depth + 1), required.contains(name), Optional.empty()));
                }
            });
        }
        return new Shape.Members(members, !Boolean.FALSE.equals(schema.get("additionalProperties")));
    }

    private static Map<String, Object> named(Map<?, ?> map) {
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }
}
