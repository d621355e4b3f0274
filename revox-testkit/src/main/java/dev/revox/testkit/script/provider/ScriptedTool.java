package dev.revox.testkit.script.provider;

import dev.revox.agent.tool.Tool;
import dev.revox.agent.tool.ToolContext;
import dev.revox.agent.tool.ToolOutput;
import dev.revox.agent.tool.schema.Shape;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A tool that answers after a while of virtual time and remembers how it was called.
 *
 * <p><b>Thread:</b> Confined to the script's thread.
 */
public final class ScriptedTool implements Tool {

    private final String name;
    private final Shape.Members input;
    private final Duration needs;
    private final Supplier<ToolOutput> answer;
    private final List<Map<String, Object>> calls = new ArrayList<>();
    private @Nullable ManualTime time;
    private Work.@Nullable Meter meter;
    private int cancelled;

    private ScriptedTool(String name, Shape.Members input, Duration needs, Supplier<ToolOutput> answer) {
        this.name = name;
        this.input = input;
        this.needs = needs;
        this.answer = answer;
    }

    /** Takes no arguments and gives that text. */
    public static ScriptedTool of(String name, Duration needs, String output) {
        return of(name, Shape.Members.NONE, needs, () -> ToolOutput.of(output));
    }

    /**
     * Takes such arguments.
     *
     * @param answer runs when the time is over; what it throws fails the tool
     */
    public static ScriptedTool of(String name, Shape.Members input, Duration needs, Supplier<ToolOutput> answer) {
        return new ScriptedTool(name, input, needs, answer);
    }

    /** Puts it into a script's time; done by the script. */
    public ScriptedTool on(ManualTime scriptTime, Work.Meter openWork) {
        time = scriptTime;
        meter = openWork;
        return this;
    }

    /** The arguments of every call that reached it. */
    public List<Map<String, Object>> calls() {
        return calls;
    }

    /** Calls that nobody waited for to the end. */
    public int cancelled() {
        return cancelled;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "A tool of the script.";
    }

    @Override
    public Shape.Members input() {
        return input;
    }

    @Override
    public CompletionStage<ToolOutput> call(Map<String, Object> arguments, ToolContext context) {
        calls.add(arguments);
        Work work = new Work(Objects.requireNonNull(time), Objects.requireNonNull(meter));
        CompletableFuture<ToolOutput> output = new CompletableFuture<>();
        work.later(needs, () -> {
            work.finish();
            try {
                output.complete(answer.get());
            } catch (Throwable thrown) {
                output.completeExceptionally(thrown);
            }
        });
        var unused = output.whenComplete((done, thrown) -> {
            if (output.isCancelled()) {
                cancelled++;
                work.cancel();
            }
        });
        return output;
    }
}
