package dev.revox.agent.tool.http;

import dev.revox.assistant.tool.DataField;
import dev.revox.assistant.tool.HttpMethod;
import dev.revox.assistant.tool.HttpTool;
import dev.revox.http.OutgoingRequest;
import dev.revox.template.JsonTemplate;
import dev.revox.template.Template;
import dev.revox.template.UrlTemplate;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An endpoint's templates, and the request that they become.
 *
 * <p>A name of the tool's own schema is always an argument, also where a variable has the same name. A query parameter or a
 * header that is exactly one placeholder disappears with an argument that was left out, as a member of the body does.
 *
 * <p><b>Thread:</b> Immutable.
 */
final class Endpoint {

    private record Named(String key, Template value) {}

    private final HttpMethod method;
    private final UrlTemplate url;
    private final List<Named> query;
    private final List<Named> headers;
    private final Optional<JsonTemplate> body;
    private final Set<String> argumentNames;

    Endpoint(HttpTool tool) {
        method = tool.method();
        url = UrlTemplate.of(tool.url());
        query = named(tool.queryParams());
        headers = named(tool.headers());
        // Many servers refuse a GET with a body, and the page wants a body template of every tool.
        body = tool.bodyTemplate()
                .filter(text -> !text.isBlank() && method != HttpMethod.GET)
                .map(JsonTemplate::of);
        argumentNames = tool.inputSchema().stream().map(DataField::name).collect(Collectors.toUnmodifiableSet());
    }

    private static List<Named> named(List<HttpTool.Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> new Named(parameter.key(), Template.of(parameter.value())))
                .toList();
    }

    /**
     * The request for these arguments.
     *
     * @throws dev.revox.RevoxException when a value does not belong where a template puts it
     */
    OutgoingRequest request(Map<String, Object> arguments, Map<String, String> variables) {
        Map<String, Object> values = new HashMap<>(variables);
        values.keySet().removeAll(argumentNames);
        Map<String, Object> hostValues = Map.copyOf(values);
        arguments.forEach((name, value) -> {
            if (value != null && argumentNames.contains(name)) {
                values.put(name, decimal(value));
            }
        });
        List<OutgoingRequest.Header> lines = headers(values);
        Optional<String> content = body.map(template -> template.fill(values));
        if (content.isPresent()
                && headers.stream().noneMatch(header -> header.key().equalsIgnoreCase("content-type"))) {
            lines.add(new OutgoingRequest.Header("Content-Type", "application/json"));
        }
        return new OutgoingRequest(method.wireName(), url(values, hostValues), lines, content);
    }

    private URI url(Map<String, Object> values, Map<String, Object> hostValues) {
        // Who gets the request is never decided by what was said in the call.
        boolean hostFromCall = !Collections.disjoint(url.hostNames(), argumentNames);
        String filled = url.fill(hostFromCall ? hostValues : values);
        String parameters = query.stream()
                .filter(parameter -> given(parameter.value(), values))
                .map(parameter -> UrlTemplate.parameter(parameter.key(), parameter.value(), values))
                .collect(Collectors.joining("&"));
        try {
            return new URI(parameters.isEmpty() ? filled : withQuery(filled, parameters));
        } catch (URISyntaxException unreadable) {
            throw new ToolUrlException();
        }
    }

    private static String withQuery(String url, String parameters) {
        int fragment = url.indexOf('#');
        String whole = fragment < 0 ? url : url.substring(0, fragment);
        return whole
                + (whole.indexOf('?') < 0 ? "?" : whole.endsWith("?") || whole.endsWith("&") ? "" : "&")
                + parameters;
    }

    private List<OutgoingRequest.Header> headers(Map<String, Object> values) {
        Map<String, String> texts = new HashMap<>();
        values.forEach((name, value) ->
                texts.put(name, value instanceof BigDecimal number ? number.toPlainString() : value.toString()));
        List<OutgoingRequest.Header> lines = new ArrayList<>();
        for (Named header : headers) {
            if (given(header.value(), values)) {
                lines.add(
                        new OutgoingRequest.Header(header.key(), header.value().fillHeader(texts)));
            }
        }
        return lines;
    }

    private static boolean given(Template value, Map<String, Object> values) {
        return value.onlyName().map(values::containsKey).orElse(true);
    }

    /** A number as one writes it: 3, not 3.0, and without an exponent. */
    private static Object decimal(Object value) {
        if (!(value instanceof Double number)) {
            return value;
        }
        BigDecimal plain = BigDecimal.valueOf(number).stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
}
