package dev.revox.agent.realtime.talk;

import dev.revox.agent.realtime.RealtimeModel.Prompt;
import dev.revox.agent.realtime.answer.Answers;
import dev.revox.agent.realtime.voice.AgentVoice;
import dev.revox.agent.realtime.voice.Purpose;
import dev.revox.agent.step.Outbox;
import dev.revox.assistant.sound.Speaking;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.ConversationCommand;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a call: last words that are heard to their end, the limit of its length, and exactly one hang-up.
 *
 * <p>Last words are the model's own, said exactly; only when the model is what failed does another voice say them, where there is
 * one.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class Ending {

    static final String LIMIT = "limit";
    static final String LIMIT_MESSAGE = "limit-message";
    static final String HANG_UP = "hang-up";
    static final String DRAIN = "drain";

    /** The other side plays our last packet this much later than we send it. */
    private static final long REMOTE_PLAYOUT_NANOS = Duration.ofMillis(150).toNanos();

    /** How long the model takes to begin its message, and what is left of the call behind it. */
    private static final long LIMIT_MARGIN_NANOS = Duration.ofMillis(2400).toNanos();

    /** Last words that are not out by then are given up. */
    private static final long LONGEST_DRAIN_NANOS = Duration.ofSeconds(30).toNanos();

    private record End(EndedBy by, EndReason reason) {}

    private final Answers answers;
    private final AgentVoice voice;
    private final Outbox outbox;
    private final Speaking speaking;
    private final OtherVoice otherVoice;
    private @Nullable End end;
    private boolean hungUp;

    Ending(Answers answers, AgentVoice voice, Outbox outbox, Speaking speaking, OtherVoice otherVoice) {
        this.answers = answers;
        this.voice = voice;
        this.outbox = outbox;
        this.speaking = speaking;
        this.otherVoice = otherVoice;
    }

    void connected(long answeredNanos, long nowNanos) {
        long limitNanos = answeredNanos + speaking.maxCallDuration().toNanos();
        outbox.arm(LIMIT, limitNanos);
        speaking.maxDurationEndMessage().ifPresent(message -> {
            // How long the model will take to say it is a guess, and a guess is better early than late.
            long guessNanos = voice.estimate(message).toNanos() * 5 / 4;
            outbox.arm(LIMIT_MESSAGE, Math.max(nowNanos, limitNanos - LIMIT_MARGIN_NANOS - guessNanos));
        });
    }

    /** The agent ends the call, with its closing sentence, once everything under way has been heard. */
    void endByAgent(EndReason reason, long nowNanos) {
        if (end != null) {
            return;
        }
        begin(EndedBy.AGENT, reason, nowNanos);
        speaking.endOfCallSentence()
                .filter(words -> !words.isBlank())
                .ifPresent(words -> answers.ask(Purpose.CLOSING, new Prompt.Exactly(words), nowNanos));
    }

    /** The model is down: whoever can say so does, and the call ends. */
    void giveUp(String farewell, long nowNanos) {
        if (end != null) {
            return;
        }
        begin(EndedBy.SYSTEM, EndReason.PROVIDER_FAILURE, nowNanos);
        answers.cancel();
        otherVoice.farewell(farewell, nowNanos);
    }

    private void begin(EndedBy by, EndReason reason, long nowNanos) {
        end = new End(by, reason);
        outbox.arm(DRAIN, nowNanos + LONGEST_DRAIN_NANOS);
    }

    /** The call ends now; what was still to be said is lost. */
    void hangUpNow(EndedBy by, EndReason reason) {
        if (!hungUp) {
            hungUp = true;
            end = new End(by, reason);
            outbox.add(new ConversationCommand.HangUp(by, reason));
        }
    }

    /** True once the call is bound to end. */
    boolean active() {
        return end != null;
    }

    void onTimer(String timer, long nowNanos) {
        if (timer.equals(LIMIT_MESSAGE)) {
            sayLimitMessage(nowNanos);
            return;
        }
        End now = end;
        if (now == null) {
            hangUpNow(EndedBy.SYSTEM, EndReason.MAX_DURATION);
        } else {
            hangUpNow(now.by(), now.reason());
        }
    }

    private void sayLimitMessage(long nowNanos) {
        if (end != null) {
            return;
        }
        begin(EndedBy.SYSTEM, EndReason.MAX_DURATION, nowNanos);
        answers.cancel();
        voice.cut();
        otherVoice.cut(nowNanos);
        answers.ask(
                Purpose.CLOSING,
                new Prompt.Exactly(speaking.maxDurationEndMessage().orElse("")),
                nowNanos);
    }

    /** Looks, after each step, whether the last word is out. */
    void settle(long nowNanos) {
        boolean speaks = answers.busy() || voice.unsettled() || otherVoice.unsettled();
        if (end != null && !hungUp && !speaks && !outbox.isArmed(HANG_UP)) {
            outbox.arm(HANG_UP, nowNanos + REMOTE_PLAYOUT_NANOS);
        }
    }
}
