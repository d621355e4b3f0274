package dev.revox.agent.tool.host;

import dev.revox.RevoxException;
import dev.revox.agent.tool.Tool;
import dev.revox.agent.tool.ToolContext;
import dev.revox.agent.tool.ToolOutput;
import dev.revox.agent.tool.schema.Shape;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tool that is a Java method. Its arguments are the components of a record, from which the JSON schema is derived: texts,
 * numbers, booleans, enums, {@code LocalDate}, {@code Instant}, {@code OffsetDateTime}, lists of these and nested records. A
 * component that is {@code Optional} or annotated {@code @Nullable} may be left out by the model.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class JavaTool<A extends Record> implements Tool {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

    private final String name;
    private final String description;
    private final Shape.Members input;
    private final Class<A> arguments;
    private final ToolFunction<? super A> function;

    private JavaTool(String name, String description, Class<A> arguments, ToolFunction<? super A> function) {
        this.name = name;
        this.description = description;
        this.arguments = arguments;
        this.function = function;
        this.input = RecordShape.of(arguments);
    }

    /**
     * Makes the tool.
     *
     * @throws RevoxException when the name is not lowercase_snake_case or the record has a component of another type
     */
    public static <A extends Record> JavaTool<A> of(
            String name, String description, Class<A> arguments, ToolFunction<? super A> function) {
        if (!NAME.matcher(name).matches()) {
            throw new RevoxException("tool " + name + ": its name must be lowercase_snake_case", false);
        }
        if (description.isBlank()) {
            throw new RevoxException("tool " + name + ": without a description no model knows when to call it", false);
        }
        return new JavaTool<>(name, description, arguments, function);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Shape.Members input() {
        return input;
    }

    @Override
    public CompletionStage<ToolOutput> call(Map<String, Object> values, ToolContext context) {
        A bound;
        try {
            bound = RecordBinder.bind(arguments, values);
        } catch (UnfitArgumentException unfit) {
            return CompletableFuture.completedFuture(ToolOutput.error("Nothing was done: " + unfit.getMessage()));
        }
        @Nullable Object result;
        try {
            result = function.call(bound, context);
        } catch (Exception thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
        return result instanceof CompletionStage<?> stage
                ? later(stage)
                : CompletableFuture.completedFuture(Results.output(result));
    }

    private static CompletionStage<ToolOutput> later(CompletionStage<?> stage) {
        CompletableFuture<?> source = stage.toCompletableFuture();
        CompletableFuture<ToolOutput> output = source.handle((value, thrown) -> {
            if (thrown != null) {
                throw thrown instanceof CompletionException wrapped ? wrapped : new CompletionException(thrown);
            }
            return Results.output(value);
        });
        // A future that depends on another does not pass a cancellation on by itself.
        var unused = output.whenComplete((done, thrown) -> {
            if (output.isCancelled()) {
                source.cancel(true);
            }
        });
        return output;
    }

    @Override
    public String toString() {
        return "JavaTool[" + name + "]";
    }
}
