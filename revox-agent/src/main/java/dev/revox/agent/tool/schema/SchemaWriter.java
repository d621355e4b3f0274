package dev.revox.agent.tool.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a form as JSON schema. <b>Thread:</b> Thread-safe; functions. */
final class SchemaWriter {

    private SchemaWriter() {}

    static Map<String, Object> schema(Shape shape) {
        Map<String, Object> schema = new LinkedHashMap<>();
        switch (shape) {
            case Shape.Text text -> {
                schema.put("type", "string");
                text.format().schemaName().ifPresent(name -> schema.put("format", name));
                if (!text.options().isEmpty()) {
                    schema.put("enum", text.options());
                }
            }
            case Shape.Numeric number -> schema.put("type", number.whole() ? "integer" : "number");
            case Shape.Bool bool -> schema.put("type", "boolean");
            case Shape.Items items -> {
                schema.put("type", "array");
                schema.put("items", schema(items.each()));
            }
            case Shape.Members members -> object(schema, members);
            case Shape.Foreign foreign -> schema.putAll(foreign.schema());
        }
        return schema;
    }

    private static void object(Map<String, Object> schema, Shape.Members object) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Shape.Member member : object.members()) {
            Map<String, Object> property = schema(member.shape());
            member.description().ifPresent(text -> property.put("description", text));
            properties.put(member.name(), property);
        }
        List<String> required = object.members().stream()
                .filter(Shape.Member::required)
                .map(Shape.Member::name)
                .toList();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", object.open());
    }
}
