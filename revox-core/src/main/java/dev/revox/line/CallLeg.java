package dev.revox.line;

import dev.revox.media.Ear;
import dev.revox.media.EarTap;
import dev.revox.media.Mouth;
import java.nio.file.Path;

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

    /** Starts a stereo WAV file: the other side left, our side right, aligned by RTP time. Ends with the leg. */
    void startRecording(Path wavFile);

    /** Sends digits (0-9 * # A-D, {@code w} waits 500 ms) in the way the line negotiated. */
    void sendDtmf(String digits);

    /** Ends the leg in the way its state asks for: CANCEL, a refusal, or BYE. What is still in the mouth is lost. */
    void hangUp();

    /** Counters up to now, or final after the terminal event. */
    MediaReport mediaReport();
}
