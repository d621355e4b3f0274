package dev.revox.bench.far;

import dev.revox.attempt.AnsweredBy;
import dev.revox.conversation.AgentSignal;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationCommand;
import dev.revox.conversation.ConversationEvent;
import dev.revox.conversation.ConversationResult;
import dev.revox.conversation.ConversationSetup;
import dev.revox.conversation.VoiceAgent;
import dev.revox.outcome.CallAnalysis;
import dev.revox.outcome.OutcomeAnalyzer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** An agent that says nothing and takes whoever answers for a person. <b>Thread:</b> Thread-safe. */
public final class SilentAgent implements VoiceAgent {
    @Override
    public void warmUp() {}

    @Override
    public Conversation open(ConversationSetup setup, Consumer<AgentSignal> mailbox) {
        return new Conversation() {
            private boolean connected;

            @Override
            public List<ConversationCommand> on(ConversationEvent event, long nowNanos) {
                connected |= event instanceof ConversationEvent.Connected;
                return event instanceof ConversationEvent.Stop stop
                        ? List.of(new ConversationCommand.HangUp(stop.endedBy(), stop.reason()))
                        : List.of();
            }

            @Override
            public ConversationResult result() {
                return new ConversationResult(connected ? AnsweredBy.HUMAN : AnsweredBy.UNKNOWN, List.of(), List.of());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public OutcomeAnalyzer analyzer() {
        return request -> CompletableFuture.completedFuture(CallAnalysis.NONE);
    }

    @Override
    public void close() {}
}
