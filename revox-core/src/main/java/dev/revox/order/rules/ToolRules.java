package dev.revox.order.rules;

import dev.revox.assistant.tool.DataField;
import dev.revox.assistant.tool.HttpTool;
import dev.revox.template.JsonTemplate;
import dev.revox.template.Template;
import dev.revox.template.TemplateException;
import dev.revox.template.UrlTemplate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The limits of an HTTP tool.
 *
 * <p><b>Thread:</b> Immutable.
 */
final class ToolRules {

    private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

    /** A token of RFC 9110 §5.6.2. */
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** Set by the HTTP client; a second one would split or redirect the request. */
    private static final Set<String> CLIENT_HEADERS = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "accept-encoding");

    private ToolRules() {}

    static void check(Findings findings, HttpTool tool, Predicate<String> variables) {
        findings.wrongIf(
                !SNAKE_CASE.matcher(tool.name()).matches(),
                "name",
                "must be lowercase_snake_case, such as check_inventory");
        findings.wrongIf(
                HttpTool.RESERVED_NAMES.contains(tool.name()),
                "name",
                "is the name of a built-in tool; choose another");
        findings.wrongIf(tool.description().isEmpty(), "description", "must not be empty");
        AssistantRules.fields(findings, "input_schema", tool.inputSchema());
        Set<String> arguments = tool.inputSchema().stream().map(DataField::name).collect(Collectors.toSet());
        Predicate<String> given = name -> arguments.contains(name) || variables.test(name);
        url(findings, tool, given);
        for (int i = 0; i < tool.headers().size(); i++) {
            HttpTool.Parameter header = tool.headers().get(i);
            header(findings.at("headers", i), header, given);
        }
        for (int i = 0; i < tool.queryParams().size(); i++) {
            HttpTool.Parameter parameter = tool.queryParams().get(i);
            findings.at("query_params", i).wrongIf(parameter.key().isEmpty(), "key", "must not be empty");
            PlaceholderRules.unknown(
                    findings.at("query_params", i),
                    "value",
                    Template.of(parameter.value()).names(),
                    given,
                    false);
        }
        tool.bodyTemplate().filter(body -> !body.isBlank()).ifPresent(body -> body(findings, body, given));
    }

    private static void url(Findings findings, HttpTool tool, Predicate<String> given) {
        try {
            UrlTemplate url = UrlTemplate.of(tool.url());
            PlaceholderRules.unknown(findings, "url", url.names(), given, false);
            List<String> spoken = tool.inputSchema().stream()
                    .map(DataField::name)
                    .filter(url.hostNames()::contains)
                    .toList();
            findings.wrongIf(
                    !spoken.isEmpty(), "url", "must not take its host from an argument: " + String.join(", ", spoken));
        } catch (TemplateException unreadable) {
            findings.wrong("url", message(unreadable));
        }
    }

    private static void header(Findings findings, HttpTool.Parameter header, Predicate<String> given) {
        if (header.key().isEmpty()) {
            findings.wrong("key", "must not be empty");
        } else if (!HEADER_NAME.matcher(header.key()).matches()) {
            findings.wrong("key", "must be a header name of letters, digits and hyphens");
        }
        findings.wrongIf(
                CLIENT_HEADERS.contains(header.key().toLowerCase(Locale.ROOT)),
                "key",
                "is set by the HTTP client itself; leave it out");
        findings.wrongIf(
                header.value().chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f),
                "value",
                "must not hold line breaks or control characters");
        PlaceholderRules.unknown(findings, "value", Template.of(header.value()).names(), given, false);
    }

    private static void body(Findings findings, String body, Predicate<String> given) {
        try {
            PlaceholderRules.unknown(
                    findings, "body_template", JsonTemplate.of(body).names(), given, false);
        } catch (TemplateException unreadable) {
            findings.wrong("body_template", message(unreadable));
        }
    }

    private static String message(TemplateException exception) {
        return Objects.requireNonNull(exception.getMessage());
    }
}
