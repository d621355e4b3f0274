package dev.revox.media;

/**
 * What we say to the other side. Segments play one after the other, gapless.
 *
 * <p>Commands are queued and carried out by the media loop within one frame (20 ms); what came of them arrives as
 * {@link PlayoutEvent}s.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface Mouth {

    /**
     * Queues a segment behind those already queued. The encoding of {@code format} is {@code PCM_S16} at 8, 16, 24 or 48
     * kHz; the loop converts to the line's rate.
     */
    void say(Segment segment, MediaFormat format, FrameSource frames);

    /** Holds playout within one frame; silence goes out, timestamps go on. */
    void pause();

    /** Goes on exactly where {@link #pause} stopped. */
    void resume();

    /** Throws away everything queued or playing; each segment that was touched reports {@code Flushed}. Ends a pause. */
    void flush();
}
