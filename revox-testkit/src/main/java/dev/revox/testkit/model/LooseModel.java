package dev.revox.testkit.model;

import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.stream.Cancellable;
import java.util.List;
import java.util.SplittableRandom;

/** A language model without a will of its own. <b>Thread:</b> Confined to its world. */
final class LooseModel implements LanguageModel {

    private static final String[] PIECES = {
        "Sure. ", "We are open from nine to five, ", "and on Saturdays until noon. ", " ", "Dr. ", "OK", "\n", "3.30 "
    };
    private static final String[] TOOLS = {"end_call", "look_up", "skip_turn", "send_dtmf"};
    private static final String[] ARGUMENTS = {"{}", "{", "", "{\"digits\":\"1\"}"};

    private final List<OpenWork> open;

    LooseModel(List<OpenWork> open) {
        this.open = open;
    }

    @Override
    public String name() {
        return "loose-llm";
    }

    @Override
    public Cancellable stream(ChatRequest request, Sink sink) {
        Thought thought = new Thought(sink);
        open.add(thought);
        return thought;
    }

    private static final class Thought extends OpenWork {

        private final Sink sink;

        Thought(Sink sink) {
            this.sink = sink;
        }

        @Override
        void act(SplittableRandom random) {
            switch (random.nextInt(10)) {
                case 0, 1 -> {
                    isOver();
                    sink.done();
                }
                case 2 -> {
                    isOver();
                    sink.failed(failure("loose-llm", random));
                }
                case 3 ->
                    sink.toolCall(new ToolCall(
                            "call-" + random.nextInt(3),
                            TOOLS[random.nextInt(TOOLS.length)],
                            ARGUMENTS[random.nextInt(ARGUMENTS.length)]));
                default -> sink.text(PIECES[random.nextInt(PIECES.length)]);
            }
        }
    }
}
