package dev.revox.assistant.tool;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A tool that calls an HTTP endpoint. Its {@code toString} leaves out headers and templates.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param bodyTemplate empty when the request has no body
 */
public record HttpTool(
        String name,
        String description,
        HttpMethod method,
        String url,
        List<Parameter> headers,
        List<Parameter> queryParams,
        Optional<String> bodyTemplate,
        List<DataField> inputSchema) {

    /** The names of built-in tools, which no HTTP tool may take. */
    public static final Set<String> RESERVED_NAMES = Set.of(
            "end_call",
            "send_dtmf",
            "skip_turn",
            "send_sms",
            "transfer_to_human",
            "list_available_times",
            "book_appointment");

    public HttpTool {
        headers = List.copyOf(headers);
        queryParams = List.copyOf(queryParams);
        inputSchema = List.copyOf(inputSchema);
    }

    /** A header or query parameter; the value may hold {@code {{placeholders}}}. */
    public record Parameter(String key, String value) {
        @Override
        public String toString() {
            return key + "=****";
        }
    }

    @Override
    public String toString() {
        return "HttpTool[" + name + "]";
    }
}
