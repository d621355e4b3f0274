package dev.revox.line;

import dev.revox.attempt.DialError;
import dev.revox.media.PlayoutEvent;
import dev.revox.media.Tone;
import dev.revox.phone.PhoneNumber;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A fact about one leg, in the order in which it happened.
 *
 * <p><b>Thread:</b> Immutable. <b>Units:</b> all {@code ...Nanos} are engine time ({@code TimeSource.nanoTime()}).
 */
public sealed interface LegEvent {

    long atNanos();

    /** True for the one event after which no other comes. */
    default boolean terminal() {
        return this instanceof DialFailed || this instanceof Ended;
    }

    /** A 180, or a 183 without media. */
    record Ringing(long atNanos, int sipStatus) implements LegEvent {}

    /** A provisional response brought a session description: sound may come before the answer. */
    record EarlyMedia(long atNanos) implements LegEvent {}

    /** Media is agreed and the call is up. */
    record Answered(long atNanos, String codec, int lineRateHz) implements LegEvent {}

    /** Terminal: the leg never came up. */
    record DialFailed(long atNanos, DialError error, SipFailure raw) implements LegEvent {}

    /**
     * The other side began to speak.
     *
     * @param speechStartNanos when the first voiced sample arrived; before {@code atNanos} by the detector's delay
     */
    record SpeechStarted(long atNanos, long speechStartNanos) implements LegEvent {}

    /**
     * The other side may have finished: the sound fell a moment ago, long before silence would be certain. Told once when the sound
     * alone says so, once more when a faint end of it is over ("office"), and once more when the voice detector agrees; what follows is {@link SpeechResumed} or {@link SpeechEnded}.
     *
     * @param speechEndNanos when the last sample above the energy floor arrived
     * @param confirmed whether the voice detector hears no speech any more, either
     */
    record SpeechPaused(long atNanos, long speechEndNanos, boolean confirmed) implements LegEvent {}

    /**
     * A pause that was told was none, or is over.
     *
     * @param speechStartNanos when the first sample behind the pause arrived
     */
    record SpeechResumed(long atNanos, long speechStartNanos) implements LegEvent {}

    /**
     * The other side fell silent for the listening settings' {@code minSilence}.
     *
     * @param speechEndNanos when the last sample above the energy floor arrived
     */
    record SpeechEnded(long atNanos, long speechEndNanos) implements LegEvent {}

    /** A DTMF digit came in, as a named event (RFC 4733) or in the sound of a line without those; once per key press. */
    record DtmfReceived(long atNanos, char digit, int durationMs) implements LegEvent {
        @Override
        public String toString() {
            return "DtmfReceived[durationMs=" + durationMs + "]";
        }
    }

    /**
     * A tone of the network or of a machine was heard, also before the answer.
     *
     * @param frequencyHz the lower one of two, the last of three
     * @param durationMs how long it lasted or has lasted by now
     */
    record ToneHeard(long atNanos, Tone tone, int frequencyHz, int durationMs) implements LegEvent {}

    /** News of a segment in the mouth. */
    record Playout(PlayoutEvent event) implements LegEvent {
        @Override
        public long atNanos() {
            return event.atNanos();
        }
    }

    /** A detector set with {@code addTap} has something to say. */
    record Tapped(long atNanos, int tapId, int code, long value) implements LegEvent {}

    /** The call goes on, but not as it was: held, or with somebody else, or on its way to somebody else. */
    sealed interface CallChange extends LegEvent {}

    /** One side holds the call, or does no longer; what is told is how it stands now. */
    record HoldChanged(long atNanos, boolean heldByUs, boolean heldByPeer) implements CallChange {}

    /**
     * The other side did not agree to {@link CallLeg#hold} or {@link CallLeg#resume}: nothing has changed.
     *
     * @param sipStatus of its answer, empty when there was none
     */
    record HoldFailed(long atNanos, OptionalInt sipStatus) implements CallChange {}

    /**
     * The network says that somebody else is on the line now, e.g. after a transfer on the other side.
     *
     * @param number empty when it says nothing but that
     */
    record ConnectedLine(long atNanos, Optional<PhoneNumber> number) implements CallChange {}

    /**
     * News of a transfer of ours; the other side is still on this leg.
     *
     * @param sipStatus what the new callee's telephone said: 100 while it is called, 180 while it rings
     */
    record TransferProgress(long atNanos, int sipStatus) implements CallChange {}

    /** A transfer of ours succeeded: the leg ends next, with {@link LegEnd#TRANSFERRED}. */
    record Transferred(long atNanos) implements CallChange {}

    /**
     * A transfer of ours came to nothing and the call goes on.
     *
     * @param sipStatus that says so, empty when nothing did
     */
    record TransferFailed(long atNanos, TransferError error, OptionalInt sipStatus) implements CallChange {}

    /** Terminal: the leg was up and is over. */
    record Ended(long atNanos, LegEnd cause, Optional<String> reason) implements LegEvent {}

    /** Why a transfer came to nothing. */
    enum TransferError {
        /** The other side will not be transferred (403, 603 and the like). */
        REFUSED,
        /** The other side, or this kind of line, cannot do it (405, 420, 489, 501). */
        NOT_SUPPORTED,
        /** The other side tried and the new callee was busy, absent or wrong. */
        TARGET_NOT_REACHED,
        /** Nobody answered the request, or nobody said in time how it went. */
        TIMEOUT,
        /** The number is of a kind that costs more than people expect, and is not allowed. */
        DESTINATION_NOT_ALLOWED,
        /** The leg is not up, or another transfer is under way. */
        NOT_NOW
    }
}
