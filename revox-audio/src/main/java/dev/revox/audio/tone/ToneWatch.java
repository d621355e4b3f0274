package dev.revox.audio.tone;

import dev.revox.audio.resample.Resampler;
import dev.revox.line.LegEvent;
import dev.revox.media.EarFrame;
import dev.revox.media.EarTap;
import dev.revox.media.Tone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything on a leg that listens for tones, as one tap of its ear: key presses in sound, beeps, call progress, fax machines.
 *
 * <p>Key presses in sound count only while {@link #hearDigits} says so. On a leg on which named events come in they never count,
 * even where they were asked for: a gateway that sends both would double every digit.
 *
 * <p><b>Thread:</b> Confined to the media loop; allocates nothing per frame. The first frame of a line above 8 kHz makes a
 * resampler.
 */
public final class ToneWatch implements EarTap {

    /** The tap's id; taps of others have ids from 0 on. */
    public static final int TAP_ID = -1;

    private static final int RATE_HZ = 8000;
    private static final int MAX_PIECE_MS = 120;

    /** Codes below are places in the list of tones, the others characters. */
    private static final int FIRST_DIGIT_CODE = 0x100;

    private static final List<Tone> TONES = List.of(Tone.values());

    private final DtmfDetector digits = new DtmfDetector(this::digit);
    private final SingleTones singles = new SingleTones(this::single);
    private final CallProgress progress = new CallProgress(this::tone);
    private final short[] converted = new short[RATE_HZ / 1000 * MAX_PIECE_MS + 1];
    private @Nullable Resampler resampler;
    private int resampledFromHz = RATE_HZ;
    private @Nullable Sink sink;
    private boolean digitsWanted;
    private boolean namedEvents;

    /** The event that a tap's report stands for: what this watch heard has events of its own. */
    public static LegEvent event(long atNanos, int tapId, int code, long value) {
        if (tapId != TAP_ID) {
            return new LegEvent.Tapped(atNanos, tapId, code, value);
        }
        if (code >= FIRST_DIGIT_CODE) {
            return new LegEvent.DtmfReceived(atNanos, (char) (code - FIRST_DIGIT_CODE), (int) value);
        }
        return new LegEvent.ToneHeard(atNanos, TONES.get(code), (int) (value >> 32), (int) value);
    }

    /** Whether key presses are to be heard in sound. */
    public void hearDigits(boolean wanted) {
        digitsWanted = wanted;
    }

    /** A key press came in as a named event, so those in the sound are the same ones. */
    public void namedEventsSeen() {
        namedEvents = true;
    }

    @Override
    public void onFrame(
            short[] pcm, int offset, int samples, int sampleRateHz, long sampleTime, int flags, Sink newSink) {
        sink = newSink;
        if ((flags & EarFrame.GAP) != 0) {
            digits.interrupt();
            singles.interrupt();
            progress.interrupt();
        }
        if (sampleRateHz == RATE_HZ) {
            listen(pcm, offset, samples);
            return;
        }
        Resampler current = resampler;
        if (current == null || resampledFromHz != sampleRateHz) {
            current = new Resampler(sampleRateHz, RATE_HZ, sampleRateHz / 1000 * MAX_PIECE_MS);
            resampledFromHz = sampleRateHz;
            resampler = current;
        }
        listen(converted, 0, current.process(pcm, offset, samples, converted, 0));
    }

    private void listen(short[] pcm, int offset, int samples) {
        progress.accept(pcm, offset, samples);
        singles.accept(pcm, offset, samples);
        if (digitsWanted && !namedEvents) {
            digits.accept(pcm, offset, samples);
        }
    }

    private void digit(char digit, int durationMs) {
        emit(FIRST_DIGIT_CODE + digit, durationMs);
    }

    private void single(Tone tone, int hz, int durationMs) {
        if (tone != Tone.BEEP || !progress.explains(hz)) {
            tone(tone, hz, durationMs);
        }
    }

    private void tone(Tone tone, int hz, int durationMs) {
        emit(TONES.indexOf(tone), (long) hz << 32 | durationMs);
    }

    private void emit(int code, long value) {
        Sink to = sink;
        if (to != null) {
            to.emit(code, value);
        }
    }
}
