package dev.revox.bench.tokens;

import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.stream.Cancellable;
import dev.revox.agent.stream.ProviderException;
import dev.revox.time.TimeSource;

/** Another model, with the moment at which its stream gave the last piece of text. <b>Thread:</b> Thread-safe. */
final class StampedModel implements LanguageModel {

    private final LanguageModel model;
    private final TimeSource time;
    private volatile long lastTextNanos;

    StampedModel(LanguageModel model, TimeSource time) {
        this.model = model;
        this.time = time;
    }

    long lastTextNanos() {
        return lastTextNanos;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public Cancellable stream(ChatRequest request, Sink sink) {
        return model.stream(request, new Sink() {
            @Override
            public void text(String delta) {
                lastTextNanos = time.nanoTime();
                sink.text(delta);
            }

            @Override
            public void toolCall(ToolCall call) {
                sink.toolCall(call);
            }

            @Override
            public void done() {
                sink.done();
            }

            @Override
            public void failed(ProviderException failure) {
                sink.failed(failure);
            }
        });
    }
}
