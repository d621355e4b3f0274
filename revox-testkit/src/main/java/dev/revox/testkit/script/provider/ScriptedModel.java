package dev.revox.testkit.script.provider;

import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.stream.Cancellable;
import dev.revox.agent.stream.ProviderException;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A language model that gives the answers of a script, word by word. <b>Thread:</b> Confined to the script's thread. */
public final class ScriptedModel implements LanguageModel {

    private static final Duration BETWEEN_TOKENS = Duration.ofMillis(15);

    /** How an answer ends. */
    public enum Ending {
        DONE,
        FAILED,
        STALLED
    }

    /** What the model says, then the tools that it calls, then how it ends. */
    public record Answer(Duration firstToken, String text, List<ToolCall> calls, Ending ending) {
        public Answer {
            calls = List.copyOf(calls);
        }

        public Answer(Duration firstToken, String text, Optional<ToolCall> call, Ending ending) {
            this(firstToken, text, call.stream().toList(), ending);
        }
    }

    private final ManualTime time;
    private final Work.Meter meter;
    private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    private Answer otherwise = new Answer(Duration.ofMillis(200), "I see.", Optional.empty(), Ending.DONE);
    private final List<ChatRequest> requests = new ArrayList<>();

    public ScriptedModel(ManualTime time, Work.Meter meter) {
        this.time = time;
        this.meter = meter;
    }

    public void answers(Answer answer) {
        answers.add(answer);
    }

    public void otherwise(Answer answer) {
        otherwise = answer;
    }

    public List<ChatRequest> requests() {
        return requests;
    }

    @Override
    public String name() {
        return "scripted-llm";
    }

    @Override
    public Cancellable stream(ChatRequest request, Sink sink) {
        requests.add(request);
        Answer answer = Optional.ofNullable(answers.poll()).orElse(otherwise);
        Work work = new Work(time, meter);
        Duration at = answer.firstToken();
        String[] tokens =
                answer.text().isEmpty() ? new String[0] : answer.text().split("(?<=\\S)(?=\\s)");
        for (String token : tokens) {
            work.later(at, () -> sink.text(token));
            at = at.plus(BETWEEN_TOKENS);
        }
        for (ToolCall call : answer.calls()) {
            work.later(at, () -> sink.toolCall(call));
        }
        switch (answer.ending()) {
            case DONE ->
                work.later(at, () -> {
                    work.finish();
                    sink.done();
                });
            case FAILED ->
                work.later(at, () -> {
                    work.finish();
                    sink.failed(new ProviderException(name(), ProviderException.Kind.SERVER, "status 500"));
                });
            case STALLED -> {} // and nothing more comes
        }
        return work;
    }
}
