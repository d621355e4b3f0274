package dev.revox.bench.calls;

import dev.revox.conversation.AgentSignal;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationSetup;
import dev.revox.conversation.VoiceAgent;
import dev.revox.outcome.CallAnalysis;
import dev.revox.outcome.OutcomeAnalyzer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * An agent whose providers cost nothing and answer at once: what is left is the engine.
 *
 * <p>Every conversation says a clip again and again, begins anew whenever the other side has finished speaking, and reads
 * everything that is heard every 40 ms as a recogniser would.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class IdealAgent implements VoiceAgent {

    private static final long LONGEST_ANSWER_NANOS = 60_000_000_000L;

    private final Speech clip;
    private final CountDownLatch connected;
    private final ConcurrentHistogram answerNanos = new ConcurrentHistogram(LONGEST_ANSWER_NANOS, 3);
    private final AtomicLong samplesHeard = new AtomicLong();
    private volatile boolean over;

    IdealAgent(Speech clip, int calls) {
        this.clip = clip;
        connected = new CountDownLatch(calls);
    }

    @Override
    public void warmUp() {}

    @Override
    public Conversation open(ConversationSetup setup, Consumer<AgentSignal> mailbox) {
        return new IdealConversation(this);
    }

    @Override
    public OutcomeAnalyzer analyzer() {
        return request -> CompletableFuture.completedFuture(CallAnalysis.NONE);
    }

    @Override
    public void close() {}

    Speech clip() {
        return clip;
    }

    /** Opens when all calls are up. */
    CountDownLatch connected() {
        return connected;
    }

    /** Makes every conversation hang up. */
    void end() {
        over = true;
    }

    boolean over() {
        return over;
    }

    /** From the moment the ear reports the end of speech until the first packet of the answer left. */
    void answered(long nanos) {
        answerNanos.recordValue(Math.clamp(nanos, 0L, LONGEST_ANSWER_NANOS));
    }

    void heard(int samples) {
        samplesHeard.addAndGet(samples);
    }

    Histogram answers() {
        return answerNanos.copy();
    }

    long samplesHeard() {
        return samplesHeard.get();
    }
}
