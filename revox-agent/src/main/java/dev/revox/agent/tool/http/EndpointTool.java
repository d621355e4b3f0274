package dev.revox.agent.tool.http;

import dev.revox.RevoxException;
import dev.revox.agent.tool.Tool;
import dev.revox.agent.tool.ToolContext;
import dev.revox.agent.tool.ToolOutput;
import dev.revox.agent.tool.schema.Shape;
import dev.revox.agent.tool.schema.TextFormat;
import dev.revox.assistant.tool.DataField;
import dev.revox.assistant.tool.HttpTool;
import dev.revox.http.HttpException;
import dev.revox.http.HttpLimits;
import dev.revox.http.HttpReply;
import dev.revox.http.OutgoingHttp;
import dev.revox.http.OutgoingRequest;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tool that sends one request and gives the reply to the model.
 *
 * <p>The reply of a server is somebody's text: it goes to the model as a tool's output and nowhere else. What stood in the tool's
 * headers is blotted out of it, since a server that echoes requests would otherwise tell the model, and so the caller, a key.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class EndpointTool implements Tool {

    /** Shorter header values are no secrets, and blotting them out would spoil the reply. */
    private static final int SHORTEST_SECRET = 8;

    private static final Pattern READABLE =
            Pattern.compile("text/.*|.*(json|xml|javascript|x-www-form-urlencoded|yaml|csv).*");

    private final HttpTool tool;
    private final Endpoint endpoint;
    private final Shape.Members input;
    private final OutgoingHttp http;
    private final HttpLimits limits;

    EndpointTool(HttpTool tool, OutgoingHttp http, HttpLimits limits) {
        this.tool = tool;
        this.endpoint = new Endpoint(tool);
        this.input = new Shape.Members(
                tool.inputSchema().stream().map(EndpointTool::member).toList(), false);
        this.http = http;
        this.limits = limits;
    }

    private static Shape.Member member(DataField field) {
        Shape shape = switch (field.type()) {
            case STRING -> Shape.Text.ANY;
            case NUMBER -> new Shape.Numeric(false);
            case BOOLEAN -> new Shape.Bool();
            case ENUM -> Shape.Text.oneOf(field.enumOptions());
            case DATE -> Shape.Text.of(TextFormat.DATE);
            case DATETIME -> Shape.Text.of(TextFormat.DATETIME);
        };
        return new Shape.Member(field.name(), shape, field.required(), field.description());
    }

    @Override
    public String name() {
        return tool.name();
    }

    @Override
    public String description() {
        return tool.description();
    }

    @Override
    public Shape.Members input() {
        return input;
    }

    @Override
    public CompletableFuture<ToolOutput> call(Map<String, Object> arguments, ToolContext context) {
        OutgoingRequest request;
        try {
            request = endpoint.request(arguments, context.variables());
        } catch (RevoxException unfit) {
            return CompletableFuture.completedFuture(ToolOutput.error("Nothing was sent: " + unfit.getMessage() + "."));
        }
        CompletableFuture<HttpReply> reply = http.send(request, limits);
        CompletableFuture<ToolOutput> output = reply.handle((whole, failure) -> output(request, whole, failure));
        // A future that depends on another does not pass a cancellation on by itself.
        var unused = output.whenComplete((done, failure) -> {
            if (output.isCancelled()) {
                reply.cancel(true);
            }
        });
        return output;
    }

    private static ToolOutput output(OutgoingRequest request, @Nullable HttpReply reply, @Nullable Throwable failure) {
        if (reply == null) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return ToolOutput.error(
                    cause instanceof HttpException told
                            ? "The request failed: " + told.getMessage() + "."
                            : "The request failed.");
        }
        String text = withoutSecrets(text(reply), request);
        return reply.successful()
                ? ToolOutput.of(text)
                : ToolOutput.error("The server answered with status " + reply.status() + ". " + text);
    }

    private static String text(HttpReply reply) {
        String type = reply.header("content-type").orElse("text/plain").toLowerCase(Locale.ROOT);
        int bytes = reply.body().length;
        return READABLE.matcher(type).matches() ? reply.text() : "(" + bytes + " bytes that are no text.)";
    }

    private static String withoutSecrets(String text, OutgoingRequest request) {
        String clean = text;
        for (OutgoingRequest.Header header : request.headers()) {
            String value = header.value().strip();
            int space = value.indexOf(' ');
            // "Bearer abc": a server may well echo only the second half.
            for (String secret : new String[] {value, value.substring(space + 1)}) {
                if (secret.length() >= SHORTEST_SECRET && !header.name().equalsIgnoreCase("content-type")) {
                    clean = clean.replace(secret, "****");
                }
            }
        }
        return clean;
    }
}
