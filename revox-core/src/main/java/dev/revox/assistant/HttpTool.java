package dev.revox.assistant;

import java.util.List;
import java.util.Optional;

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
