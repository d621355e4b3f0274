package dev.revox.fake;

import dev.revox.conversation.AgentSignal;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationSetup;
import dev.revox.conversation.VoiceAgent;
import dev.revox.outcome.CallAnalysis;
import dev.revox.outcome.OutcomeAnalyzer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** An agent of which a test overrides what it needs. */
public class UnusedAgent implements VoiceAgent {
    @Override
    public void warmUp() {}

    @Override
    public Conversation open(ConversationSetup setup, Consumer<AgentSignal> mailbox) {
        throw new UnsupportedOperationException("this agent does not talk");
    }

    @Override
    public OutcomeAnalyzer analyzer() {
        return request -> CompletableFuture.completedFuture(CallAnalysis.NONE);
    }

    @Override
    public void close() {}
}
