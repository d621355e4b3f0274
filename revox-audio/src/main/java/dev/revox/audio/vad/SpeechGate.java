package dev.revox.audio.vad;

import dev.revox.audio.vad.level.Level;
import dev.revox.line.ListenSettings;

/**
 * The turn of probabilities into facts: speech began here, speech ended there.
 *
 * <p>A start needs {@code minSpeech} of windows at or above the threshold; its time is that of the first of them. An end
 * needs {@code minSilence} below the threshold less {@value #HYSTERESIS}. Networks notice the end of a word 100-250 ms late,
 * so its time is taken from the sound itself: the end of the last 10 ms that were well above the noise and not far below the
 * speech. Concealed windows neither begin speech nor prolong it: made-up sound proves nothing.
 *
 * <p>That loss of sound is also told at once, as a pause: whoever wants to answer quickly has a head start on the network, and
 * hears of it when the network agrees or the sound comes back. Sound is listened to as it comes ({@link #hear}), because a window
 * of the network is only full, and judged, up to two packets later. In the same way speech that the network finds begins where its
 * sound began, not with the first window that convinced the network.
 *
 * <p><b>Thread:</b> Confined to the media loop. Allocates nothing. <b>Units:</b> samples at the detector's rate.
 */
public final class SpeechGate {

    /** What sound or a window brought about. */
    public enum Edge {
        NONE,
        STARTED,
        /** The sound fell; the network still hears speech. Told anew when what was faint then is over. */
        PAUSED,
        /** The network hears no speech any more, either. */
        PAUSE_CONFIRMED,
        /** The pause was none, or is over. */
        RESUMED,
        ENDED
    }

    private static final float HYSTERESIS = 0.15f;
    /** About; a window is cut into so many equal blocks as fit. */
    private static final int BLOCK_MS = 10;

    /** A network hears a soft beginning late, but not later than this. */
    private static final int LONGEST_ONSET_MS = 80;

    private static final long NOWHERE = Long.MIN_VALUE;

    private final float startThreshold;
    private final float endThreshold;
    private final int windowSamples;
    private final int blocks;
    private final long minSpeechSamples;
    private final long minSilenceSamples;
    private final long minPauseSamples;
    private final long fadedPauseSamples;
    private final int blockSamples;
    private final long longestOnsetSamples;
    private final SpeechLevels levels;

    private boolean speaking;
    private boolean voiced;
    private boolean paused;
    private boolean pauseConfirmed;
    private long resumed;
    private long candidateStart;
    private long candidateSamples;
    private long silenceStart;
    private long windowEnd;
    private long speechStart;
    private long speechEnd;
    private long pausedLoudEnd;
    /** How far was heard when the pause was told. */
    private long pausedAt;

    private boolean toldFaint;

    public SpeechGate(ListenSettings settings, int sampleRateHz, int windowSamples) {
        startThreshold = settings.speechThreshold();
        endThreshold = Math.max(0.01f, startThreshold - HYSTERESIS);
        this.windowSamples = windowSamples;
        blocks = Math.max(1, windowSamples / (sampleRateHz / 1000 * BLOCK_MS));
        minSpeechSamples = settings.minSpeech().toMillis() * sampleRateHz / 1000;
        minSilenceSamples = settings.minSilence().toMillis() * sampleRateHz / 1000;
        minPauseSamples = settings.minPause().toMillis() * sampleRateHz / 1000;
        fadedPauseSamples = minPauseSamples * 2 / 3;
        blockSamples = sampleRateHz / 1000 * BLOCK_MS;
        longestOnsetSamples = (long) sampleRateHz / 1000 * LONGEST_ONSET_MS;
        levels = new SpeechLevels(sampleRateHz);
        reset();
    }

    /**
     * Sound that just came, before the window that it belongs to is judged.
     *
     * @param start sample time of its first sample
     * @return a pause, or nothing
     */
    public Edge hear(short[] pcm, int offset, int samples, long start) {
        for (int at = 0; at < samples; ) {
            int length = samples - at < 2 * blockSamples ? samples - at : blockSamples;
            levels.hear(Level.dbov(pcm, offset + at, length), start + at, start + at + length);
            at += length;
        }
        long heardUntil = start + samples;
        if (!speaking) {
            return Edge.NONE;
        }
        if (paused) {
            return faintEnd(heardUntil);
        }
        long enough = levels.faded() ? fadedPauseSamples : minPauseSamples;
        return heardUntil - levels.loudEnd() < enough ? Edge.NONE : beginPause(heardUntil);
    }

    /** A pause that began while the last sound was still fading is told anew when that is over: it may have been part of a word. */
    private Edge faintEnd(long heardUntil) {
        if (pauseConfirmed
                || toldFaint
                || levels.faintEnd() <= pausedAt
                || heardUntil - levels.faintEnd() < fadedPauseSamples) {
            return Edge.NONE;
        }
        toldFaint = true;
        return Edge.PAUSED;
    }

    private Edge beginPause(long heardUntil) {
        paused = true;
        pauseConfirmed = !voiced;
        pausedLoudEnd = levels.loudEnd();
        pausedAt = heardUntil;
        toldFaint = false;
        speechEnd = Math.max(speechStart, levels.loudEnd());
        return pauseConfirmed ? Edge.PAUSE_CONFIRMED : Edge.PAUSED;
    }

    /**
     * The next window.
     *
     * @param windowStart sample time of its first sample; may jump forward over a gap, never back
     * @param concealed most of it was made up
     */
    public Edge accept(float probability, short[] pcm, int offset, long windowStart, boolean concealed) {
        long previousEnd = windowEnd;
        windowEnd = windowStart + windowSamples;
        if (speaking && windowStart - previousEnd >= minSilenceSamples) {
            silenceStart = silenceStart == NOWHERE ? previousEnd : silenceStart;
            return end();
        }
        if (!concealed) {
            voiced = probability >= startThreshold;
            listen(pcm, offset, windowStart);
        }
        return speaking
                ? whileSpeaking(probability, windowStart, concealed)
                : whileSilent(probability, windowStart, concealed);
    }

    /** True between a start and its end. */
    public boolean speaking() {
        return speaking;
    }

    /** Where the latest speech began. */
    public long speechStartSample() {
        return speechStart;
    }

    /** Where the latest speech that ended or paused did so. */
    public long speechEndSample() {
        return speechEnd;
    }

    /** Where the window began in which the latest pause was over. */
    public long resumedSample() {
        return resumed;
    }

    /** Where the latest window ended: how far the gate has listened. */
    public long heardUntilSample() {
        return windowEnd;
    }

    /** Forgets the stream so far; speech that goes on gets no end. */
    public void reset() {
        speaking = false;
        paused = false;
        pauseConfirmed = false;
        resumed = 0;
        candidateStart = NOWHERE;
        candidateSamples = 0;
        silenceStart = NOWHERE;
        windowEnd = 0;
        speechStart = 0;
        speechEnd = 0;
        pausedLoudEnd = 0;
        pausedAt = 0;
        toldFaint = false;
        voiced = false;
        levels.reset();
    }

    private Edge whileSilent(float probability, long windowStart, boolean concealed) {
        if (concealed) {
            return Edge.NONE;
        }
        if (probability < endThreshold) {
            candidateStart = NOWHERE;
            candidateSamples = 0;
            return Edge.NONE;
        }
        if (probability < startThreshold) {
            return Edge.NONE;
        }
        if (candidateStart == NOWHERE) {
            candidateStart = windowStart;
        }
        candidateSamples += windowSamples;
        if (candidateSamples < minSpeechSamples) {
            return Edge.NONE;
        }
        speaking = true;
        paused = false;
        pauseConfirmed = false;
        long onset = Math.max(levels.loudStart(), Math.max(speechEnd, candidateStart - longestOnsetSamples));
        speechStart = Math.min(candidateStart, onset);
        silenceStart = NOWHERE;
        candidateStart = NOWHERE;
        candidateSamples = 0;
        return Edge.STARTED;
    }

    private Edge whileSpeaking(float probability, long windowStart, boolean concealed) {
        if (!concealed && probability >= endThreshold) {
            silenceStart = NOWHERE;
        } else if (silenceStart == NOWHERE) {
            silenceStart = windowStart;
        }
        if (silenceStart != NOWHERE && windowEnd - silenceStart >= minSilenceSamples) {
            return end();
        }
        return concealed ? Edge.NONE : pause(windowStart);
    }

    private Edge pause(long windowStart) {
        if (!paused) {
            return windowEnd - levels.loudEnd() < minPauseSamples ? Edge.NONE : beginPause(windowEnd);
        }
        boolean loud = levels.loudEnd() > Math.max(windowStart, pausedLoudEnd);
        // A click in the silence is loud, and a network hears an end late: only both together are speech again.
        if (voiced && (loud || pauseConfirmed)) {
            paused = false;
            pauseConfirmed = false;
            resumed = windowStart;
            return Edge.RESUMED;
        }
        if (!voiced && !pauseConfirmed) {
            pauseConfirmed = true;
            return Edge.PAUSE_CONFIRMED;
        }
        return Edge.NONE;
    }

    private Edge end() {
        speaking = false;
        paused = false;
        pauseConfirmed = false;
        speechEnd = Math.max(speechStart, Math.min(levels.loudEnd(), silenceStart));
        silenceStart = NOWHERE;
        levels.forgetSpeech();
        return Edge.ENDED;
    }

    /** Follows the levels of noise and speech, and marks the last loud 10 ms. */
    private void listen(short[] pcm, int offset, long windowStart) {
        int begin = 0;
        for (int block = 1; block <= blocks; block++) {
            int stop = windowSamples * block / blocks;
            float dbov = Level.dbov(pcm, offset + begin, stop - begin);
            boolean noise = !speaking && candidateStart == NOWHERE;
            levels.judged(dbov, windowStart + begin, windowStart + stop, voiced, noise);
            begin = stop;
        }
    }
}
