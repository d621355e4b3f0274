package dev.revox.wire.assistant;

import dev.revox.assistant.tool.DataField;
import dev.revox.assistant.tool.FieldType;
import dev.revox.assistant.tool.HttpMethod;
import dev.revox.assistant.tool.HttpTool;
import dev.revox.wire.json.Members;
import java.util.List;
import java.util.Map;

/** Reads tools and the fields that a language model fills in. <b>Thread:</b> Immutable. */
final class ToolReader {

    private static final Map<String, HttpMethod> METHODS = WireNames.of(HttpMethod.values(), HttpMethod::wireName);
    private static final Map<String, FieldType> TYPES = WireNames.of(FieldType.values(), FieldType::wireName);

    private ToolReader() {}

    /** @param response where a tool without a body has a null */
    static HttpTool tool(Members members, boolean response) {
        members.require("method");
        members.require("headers");
        members.require("query_params");
        members.require("input_schema");
        if (!response) {
            members.require("body_template");
        }
        HttpTool tool = new HttpTool(
                members.requiredText("name"),
                members.requiredText("description"),
                members.choice("method", METHODS).orElse(HttpMethod.GET),
                members.requiredText("url"),
                parameters(members, "headers"),
                parameters(members, "query_params"),
                members.text("body_template"),
                fields(members, "input_schema"));
        members.finish();
        return tool;
    }

    private static List<HttpTool.Parameter> parameters(Members members, String name) {
        return members.objects(name).orElse(List.of()).stream()
                .map(item -> {
                    var parameter = new HttpTool.Parameter(item.requiredText("key"), item.requiredText("value"));
                    item.finish();
                    return parameter;
                })
                .toList();
    }

    static List<DataField> fields(Members members, String name) {
        return members.objects(name).orElse(List.of()).stream()
                .map(ToolReader::field)
                .toList();
    }

    private static DataField field(Members members) {
        members.require("type");
        members.require("required");
        DataField field = new DataField(
                members.requiredText("name"),
                members.choice("type", TYPES).orElse(FieldType.STRING),
                members.bool("required").orElse(false),
                members.text("description"),
                members.texts("enum_options").orElse(List.of()));
        members.finish();
        return field;
    }
}
