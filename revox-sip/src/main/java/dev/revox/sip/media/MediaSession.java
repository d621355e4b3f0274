package dev.revox.sip.media;

import dev.revox.line.MediaReport;
import dev.revox.media.AmbientSound;
import dev.revox.media.Ear;
import dev.revox.media.EarTap;
import dev.revox.media.Mouth;
import dev.revox.media.recording.RecordingTarget;
import dev.revox.sip.sdp.NegotiatedMedia;

/**
 * The media half of one leg: a pair of ports, what is heard and what is said.
 *
 * <p>Opened before the offer leaves, because the offer names its port; it listens from then on, so that early sound is not
 * lost.
 *
 * <p><b>Thread:</b> Thread-safe; no method blocks.
 */
public interface MediaSession {

    /** The even local RTP port; RTCP is the next one (RFC 3550 §11). */
    int localRtpPort();

    /** Starts, or after a re-INVITE changes, sending and decoding. */
    void apply(NegotiatedMedia negotiated);

    /** The call is up: sample time 0 is now. */
    void answered();

    Ear openEar();

    Mouth mouth();

    void addTap(int tapId, EarTap tap);

    void startRecording(RecordingTarget target);

    void playBackground(AmbientSound sound);

    void playThinkingSound(AmbientSound sound);

    void endThinkingSound();

    void sendDtmf(String digits);

    /**
     * Lets the other side of this leg and that of another hear each other, until {@link #unbridge} or until one of them closes. What the
     * mouths say, and the backgrounds, go on beside it. A leg that is bridged already changes its partner.
     *
     * @throws IllegalArgumentException when both are not carried by the same loop of the same plane
     */
    default void bridge(MediaSession other) {
        throw new IllegalArgumentException("this leg's media cannot be bridged");
    }

    /** Ends {@link #bridge}, if there is one. */
    default void unbridge() {}

    MediaReport report();

    /** Ends it: RTCP BYE, recorder closed, ports and buffers freed. Idempotent. */
    void close();
}
