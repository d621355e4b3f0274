package dev.revox.testkit.sim.line;

import dev.revox.RevoxException;
import dev.revox.attempt.CallOutcome;
import dev.revox.conversation.AgentSignal;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationSetup;
import dev.revox.conversation.VoiceAgent;
import dev.revox.outcome.AnalysisRequest;
import dev.revox.outcome.CallAnalysis;
import dev.revox.outcome.OutcomeAnalyzer;
import dev.revox.testkit.sim.node.NodeTime;
import dev.revox.time.Alarm;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * An agent that talks with the people of a simulation as they want it, and now and then cannot: it refuses a conversation, breaks
 * one, or its analysis is late, fails, or never comes.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
public final class SimAgent implements VoiceAgent {
    private final SimNetwork network;
    private final NodeTime time;
    private final RandomGenerator random;
    private int open;

    public SimAgent(SimNetwork network, NodeTime time, RandomGenerator random) {
        this.network = network;
        this.time = time;
        this.random = random;
    }

    /** Conversations that were opened and not closed. */
    public int open() {
        return open;
    }

    @Override
    public void warmUp() {}

    @Override
    public Conversation open(ConversationSetup setup, Consumer<AgentSignal> mailbox) {
        int lot = random.nextInt(1000);
        if (lot < 3) {
            throw new RevoxException("this assistant does not work", false);
        }
        if (lot < 6) {
            throw new RevoxException("no model just now", true);
        }
        open++;
        return new SimTalk(network, setup, lot < 9, () -> open--);
    }

    @Override
    public OutcomeAnalyzer analyzer() {
        return this::analyse;
    }

    private CompletionStage<CallAnalysis> analyse(AnalysisRequest request) {
        CompletableFuture<CallAnalysis> later = new CompletableFuture<>();
        int lot = random.nextInt(100);
        if (lot < 2) {
            return later;
        }
        CallAnalysis found = new CallAnalysis(
                Optional.of(lot < 50 ? CallOutcome.INTERESTED : CallOutcome.NOT_INTERESTED),
                Optional.of("said so"),
                Map.of());
        Duration thinks = Duration.ofMillis(200 + random.nextInt(6000));
        Alarm unused = time.schedule(thinks, () -> {
            if (lot < 8) {
                later.completeExceptionally(new RevoxException("no model just now", lot < 6));
            } else {
                later.complete(found);
            }
        });
        return later;
    }

    @Override
    public void close() {}
}
