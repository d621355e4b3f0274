package dev.revox.agent.turn.sound;

import dev.revox.agent.fallback.Breaker;
import dev.revox.audio.turn.EndOfTurnModel;
import dev.revox.audio.turn.EndOfTurnModel.Question;
import dev.revox.audio.turn.EndOfTurnModel.Verdict;
import dev.revox.conversation.AgentSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The questions of one call to an end-of-turn model: one for each pause, the newest only.
 *
 * <p>The sound is copied on the call thread from what the listener keeps anyway, so a media loop has no part in it. A model that
 * fails or is late three times in a row is left alone for a while, by all calls of the agent.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class TurnEar {

    private static final System.Logger LOG = System.getLogger("dev.revox.agent.turn");

    private static final int MOST_MISSES = 3;

    private final @Nullable EndOfTurnModel model;
    private final long longestWaitNanos;
    private final Breaker breaker;
    private final Consumer<AgentSignal> mailbox;

    private int questions;
    private @Nullable Question open;
    private long openUntilNanos;
    private boolean asked;
    private int misses;

    public TurnEar(
            Optional<EndOfTurnModel> model, Duration longestWait, Breaker breaker, Consumer<AgentSignal> mailbox) {
        this.model = model.orElse(null);
        this.longestWaitNanos = longestWait.toNanos();
        this.breaker = breaker;
        this.mailbox = mailbox;
    }

    /** The caller makes sound: an answer to what was asked before is of no use. */
    public void soundGoesOn(long nowNanos) {
        asked = false;
        withdraw(nowNanos);
    }

    /**
     * Asks about a turn, unless that was done since its last sound.
     *
     * @param sound gives the turn's sound, {@code longestMs} of it at most
     * @return until when the answer is worth waiting for; empty when nobody is asked
     */
    public OptionalLong ask(Sound sound, int sampleRateHz, long nowNanos) {
        EndOfTurnModel judge = model;
        if (judge == null || asked || breaker.keepsOut(judge, nowNanos)) {
            return OptionalLong.empty();
        }
        asked = true;
        int number = ++questions;
        openUntilNanos = nowNanos + longestWaitNanos;
        open = judge.ask(sound.ofLast(judge.longestSoundMs()), sampleRateHz, new Relay(number, mailbox));
        return OptionalLong.of(openUntilNanos);
    }

    /** The sound of the turn. */
    @FunctionalInterface
    public interface Sound {
        short[] ofLast(int longestMs);
    }

    /** Takes an answer. Empty when the model failed. Not to be called with answers that are not {@link #awaited}. */
    public OptionalDouble answered(TurnSignal signal, long nowNanos) {
        open = null;
        return switch (signal) {
            case TurnSignal.Judged judged -> {
                if (nowNanos > openUntilNanos) {
                    missed(nowNanos);
                } else {
                    misses = 0;
                }
                yield OptionalDouble.of(judged.completeProbability());
            }
            case TurnSignal.Failed failed -> {
                LOG.log(System.Logger.Level.DEBUG, "the end-of-turn model failed: {0}", failed.why());
                missed(nowNanos);
                yield OptionalDouble.empty();
            }
        };
    }

    /** Whether an answer is to the question that is open. */
    public boolean awaited(TurnSignal signal) {
        return open != null && signal.question() == questions;
    }

    public void close() {
        if (open != null) {
            open.withdraw();
            open = null;
        }
    }

    private void withdraw(long nowNanos) {
        if (open != null) {
            open.withdraw();
            open = null;
            if (nowNanos > openUntilNanos) {
                missed(nowNanos);
            }
        }
    }

    private void missed(long nowNanos) {
        EndOfTurnModel judge = model;
        misses++;
        if (misses >= MOST_MISSES && judge != null) {
            misses = 0;
            breaker.failed(judge, nowNanos);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "end-of-turn model {0} failed or was late {1} times in a row and is left alone for a while",
                    judge.name(),
                    MOST_MISSES);
        }
    }

    /** Posts what the model says to the call's mailbox. */
    private record Relay(int question, Consumer<AgentSignal> mailbox) implements Verdict {

        @Override
        public void judged(float completeProbability) {
            mailbox.accept(new TurnSignal.Judged(question, completeProbability));
        }

        @Override
        public void failed(String why) {
            mailbox.accept(new TurnSignal.Failed(question, why));
        }
    }
}
