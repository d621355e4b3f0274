package dev.revox.sip.media;

import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import java.util.function.Consumer;

/**
 * The media loops of a line and the ports they own.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface MediaPlane extends AutoCloseable {

    /**
     * Opens ports for one leg.
     *
     * @param events receives SpeechStarted, SpeechEnded, DtmfReceived, Playout, Tapped, and {@code Ended(MEDIA_TIMEOUT)} as a
     *     wish to be hung up; called on a thread of the plane's that may not be blocked
     * @throws dev.revox.RevoxException retryable, when the port range is used up
     */
    MediaSession open(String legId, ListenSettings listening, Consumer<LegEvent> events);

    /**
     * The same for a leg that may be bridged with another one, which is carried already: both are carried together. Where the other is
     * not known, as {@link #open}.
     */
    default MediaSession openBeside(
            String otherLegId, String legId, ListenSettings listening, Consumer<LegEvent> events) {
        return open(legId, listening, events);
    }

    /** Frame times of all legs that were given up because it was too late for them; only grows. */
    default long skippedFrames() {
        return 0;
    }

    /** Sessions whose ports and memory are in use: also closed ones that a busy loop has not let go of yet. */
    default int openSessions() {
        return 0;
    }

    @Override
    void close();
}
