package dev.revox.agent.closing;

import dev.revox.agent.dialogue.Dialogue;
import dev.revox.agent.speech.Speaker;
import dev.revox.agent.speech.Speech;
import dev.revox.agent.step.Outbox;
import dev.revox.assistant.sound.Speaking;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.ConversationCommand;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of a call: last words that are heard to their end, the limit of its length, and exactly one hang-up.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class Closing {

    public static final String LIMIT = "limit";
    public static final String LIMIT_PREPARE = "limit-prepare";
    public static final String LIMIT_MESSAGE = "limit-message";
    public static final String HANG_UP = "hang-up";
    public static final String DRAIN = "drain";

    /** The other side plays our last packet this much later than we send it. */
    private static final long REMOTE_PLAYOUT_NANOS = Duration.ofMillis(150).toNanos();

    /** The message at the limit ends this much before it. */
    private static final long LIMIT_MARGIN_NANOS = Duration.ofMillis(400).toNanos();

    private static final long PREPARE_NANOS = Duration.ofSeconds(25).toNanos();

    /** Last words that are not out by then are given up. */
    private static final long LONGEST_DRAIN_NANOS = Duration.ofSeconds(30).toNanos();

    private record Ending(EndedBy by, EndReason reason) {}

    private final Speaker speaker;
    private final Dialogue dialogue;
    private final Outbox outbox;
    private final Speaking speaking;

    private @Nullable Ending ending;
    private @Nullable Speech limitMessage;
    private long limitNanos;
    private boolean hungUp;

    public Closing(Speaker speaker, Dialogue dialogue, Outbox outbox, Speaking speaking) {
        this.speaker = speaker;
        this.dialogue = dialogue;
        this.outbox = outbox;
        this.speaking = speaking;
    }

    public void connected(long answeredNanos, long nowNanos) {
        limitNanos = answeredNanos + speaking.maxCallDuration().toNanos();
        outbox.arm(LIMIT, limitNanos);
        if (speaking.maxDurationEndMessage().isPresent()) {
            outbox.arm(LIMIT_PREPARE, Math.max(nowNanos, limitNanos - PREPARE_NANOS));
        }
    }

    /** The agent ends the call, with its closing sentence. */
    public void endByAgent(EndReason reason, long nowNanos) {
        end(EndedBy.AGENT, reason, speaking.endOfCallSentence(), nowNanos);
    }

    /** The call ends once everything under way, and these words, have been heard. */
    public void end(EndedBy by, EndReason reason, Optional<String> lastWords, long nowNanos) {
        if (ending != null) {
            return;
        }
        ending = new Ending(by, reason);
        speaker.protectAll();
        lastWords.filter(words -> !words.isBlank()).ifPresent(words -> {
            Speech speech = speaker.begin(Speech.Kind.CLOSING, 0, false);
            dialogue.agent(speech);
            speaker.sayAll(speech, words, nowNanos);
        });
        outbox.arm(DRAIN, nowNanos + LONGEST_DRAIN_NANOS);
    }

    /** The call ends now; what was still to be said is lost. */
    public void hangUpNow(EndedBy by, EndReason reason) {
        if (!hungUp) {
            hungUp = true;
            ending = new Ending(by, reason);
            outbox.add(new ConversationCommand.HangUp(by, reason));
        }
    }

    /** True once the call is bound to end. */
    public boolean active() {
        return ending != null;
    }

    public void made(Speech speech, long nowNanos) {
        if (speech == limitMessage && ending == null) {
            long startNanos = limitNanos - LIMIT_MARGIN_NANOS - speech.madeMicros() * 1000;
            outbox.arm(LIMIT_MESSAGE, Math.max(nowNanos, startNanos));
        }
    }

    public void onTimer(String timer, long nowNanos) {
        Ending now = ending;
        switch (timer) {
            case LIMIT_PREPARE -> prepareLimitMessage(nowNanos);
            case LIMIT_MESSAGE -> sayLimitMessage(nowNanos);
            case HANG_UP, DRAIN -> {
                if (now != null) {
                    hangUpNow(now.by, now.reason);
                }
            }
            default -> {
                if (now != null) {
                    hangUpNow(now.by, now.reason);
                } else {
                    hangUpNow(EndedBy.SYSTEM, EndReason.MAX_DURATION);
                }
            }
        }
    }

    /** Looks, after each step, whether the last word is out. */
    public void settle(long nowNanos) {
        if (ending != null && !hungUp && !speaker.unsettled() && !outbox.isArmed(HANG_UP)) {
            outbox.arm(HANG_UP, nowNanos + REMOTE_PLAYOUT_NANOS);
        }
    }

    private void prepareLimitMessage(long nowNanos) {
        if (ending != null) {
            return;
        }
        String message = speaking.maxDurationEndMessage().orElse("");
        Speech speech = speaker.begin(Speech.Kind.CLOSING, 0, true);
        limitMessage = speech;
        // Until its sound is there its length is a guess, and a guess is better early than late.
        long guessNanos = speaker.estimate(message).toNanos() * 5 / 4;
        outbox.arm(LIMIT_MESSAGE, Math.max(nowNanos, limitNanos - LIMIT_MARGIN_NANOS - guessNanos));
        speaker.sayAll(speech, message, nowNanos);
    }

    private void sayLimitMessage(long nowNanos) {
        Speech message = limitMessage;
        if (ending != null || message == null) {
            return;
        }
        ending = new Ending(EndedBy.SYSTEM, EndReason.MAX_DURATION);
        speaker.cut(nowNanos);
        dialogue.agent(message);
        speaker.release(message, nowNanos);
    }
}
