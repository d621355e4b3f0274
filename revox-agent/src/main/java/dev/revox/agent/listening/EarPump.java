package dev.revox.agent.listening;

import dev.revox.media.Ear;
import dev.revox.media.EarFrame;

/**
 * Moves what the ear holds to the recogniser, and keeps the last seconds of it.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class EarPump {

    /** Room for the longest frame an ear may give. */
    private static final int LONGEST_FRAME_MS = 60;

    /** Kept for a recogniser that has to take over. */
    private static final int KEPT_SECONDS = 10;

    /** Sound to be given before the moment at which speech was noticed to begin: a soft first consonant. */
    public static final int LEAD_MS = 200;

    private static final int MOST_FRAMES_AT_ONCE = 500;

    /** Where the frames go. */
    public interface Drain {
        void frame(short[] pcm, int offset, int samples);
    }

    private final Ear ear;
    private final EarFrame frame = new EarFrame();
    private final short[] buffer;
    private final RecentAudio recent;
    private boolean ended;

    public EarPump(Ear ear) {
        this.ear = ear;
        this.buffer = new short[ear.sampleRateHz() * LONGEST_FRAME_MS / 1000];
        this.recent = new RecentAudio(ear.sampleRateHz() * KEPT_SECONDS);
    }

    /** Gives everything that waits. */
    public void pump(Drain drain) {
        for (int frames = 0; frames < MOST_FRAMES_AT_ONCE && !ended; frames++) {
            int samples = ear.read(buffer, 0, frame);
            if (samples == 0) {
                return;
            }
            if (samples < 0) {
                ended = true;
                return;
            }
            recent.write(buffer, 0, samples);
            drain.frame(buffer, 0, samples);
        }
    }

    public RecentAudio recent() {
        return recent;
    }

    public boolean ended() {
        return ended;
    }

    public int sampleRateHz() {
        return ear.sampleRateHz();
    }

    public long samplesIn(long nanos) {
        return Math.max(0, nanos) / 1000 * ear.sampleRateHz() / 1_000_000;
    }

    public void close() {
        ended = true;
        ear.close();
    }
}
