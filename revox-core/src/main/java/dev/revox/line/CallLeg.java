package dev.revox.line;

import dev.revox.media.AmbientSound;
import dev.revox.media.Ear;
import dev.revox.media.EarTap;
import dev.revox.media.Mouth;
import dev.revox.media.recording.RecordingTarget;
import dev.revox.phone.PhoneNumber;

/**
 * One live connection to one telephone. Its life is told by {@link LegEvent}s, of which exactly one is terminal.
 *
 * <p><b>Thread:</b> Thread-safe. No method blocks; after the terminal event every command is ignored.
 */
public interface CallLeg {

    String legId();

    /** Answers an incoming leg (200 OK). Ignored for legs that we dialled. */
    void answer();

    /** Opens another reader of what the other side says; an ear opened before the answer hears everything from the start. */
    Ear openEar();

    Mouth mouth();

    /** Puts a detector on the media loop. */
    void addTap(int tapId, EarTap tap);

    /** Starts a stereo recording: the other side left, our side right, aligned by RTP time. Ends with the leg. */
    void startRecording(RecordingTarget target);

    /** Plays a clip under everything that is said from now on, until the leg ends. The other side hears it, the ear does not. */
    void playBackground(AmbientSound sound);

    /** Plays a clip until speech begins or {@link #endThinkingSound}. */
    void playThinkingSound(AmbientSound sound);

    /** Fades the sound of thinking out, if it still plays. */
    void endThinkingSound();

    /**
     * Sends digits (0-9 * # A-D, {@code w} waits 500 ms) in the way the line negotiated: as named events (RFC 4733), or else as
     * tones. What is being said waits meanwhile.
     */
    void sendDtmf(String digits);

    /**
     * Lets the telephones of two legs of the same line hear each other, until {@link #unbridge} or until one of them ends. Ears hear on;
     * what the mouths say and the backgrounds are heard beside it, each on its own leg. Digits that one side presses go to the other.
     *
     * <p>Where both legs have the same codec and nothing else is to be sent or recorded, packets go on as they come.
     *
     * @param other dialled with {@link DialRequest#beside} this one, or the other way round
     * @throws IllegalArgumentException when it is of another line, or when both are not carried together
     */
    default void bridge(CallLeg other) {
        throw new UnsupportedOperationException("this line cannot bridge legs");
    }

    /** Ends {@link #bridge}, if there is one. */
    default void unbridge() {}

    /**
     * Tells the other side that it is put on hold: it may hear us and is heard no more. Told by {@link LegEvent.HoldChanged} or
     * {@link LegEvent.HoldFailed}. Only while the leg is up; a line that cannot do it says {@code HoldFailed}, or throws.
     */
    default void hold() {
        throw new UnsupportedOperationException("this line cannot hold a call");
    }

    /** Ends {@link #hold}. */
    default void resume() {
        throw new UnsupportedOperationException("this line cannot hold a call");
    }

    /**
     * Asks the other side to call somebody else instead of us (a blind transfer). {@link LegEvent.TransferProgress} follows, and
     * within the line's deadlines either {@link LegEvent.Transferred} and the end of the leg, or {@link
     * LegEvent.TransferFailed} and the call goes on.
     */
    default void transfer(PhoneNumber to) {
        throw new UnsupportedOperationException("this line cannot transfer a call");
    }

    /**
     * Asks the other side to take over the other end of {@code consultation}, another leg of the same line that is up (an
     * attended transfer). Told like {@link #transfer}. Once it has succeeded, both legs end; after a failure both go on.
     */
    default void transferTo(CallLeg consultation) {
        throw new UnsupportedOperationException("this line cannot transfer a call");
    }

    /** Ends the leg in the way its state asks for: CANCEL, a refusal, or BYE. What is still in the mouth is lost. */
    void hangUp();

    /** Counters up to now, or final after the terminal event. */
    MediaReport mediaReport();
}
