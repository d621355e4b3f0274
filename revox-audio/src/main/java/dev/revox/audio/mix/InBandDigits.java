package dev.revox.audio.mix;

import dev.revox.audio.tone.Tones;
import dev.revox.audio.tone.pattern.TonePattern;
import dev.revox.audio.tone.pattern.ToneSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Digits that wait to be sent as sound, on a line that did not agree to named events.
 *
 * <p><b>Thread:</b> Confined to the media loop. A digit allocates its tone, a frame nothing.
 */
final class InBandDigits {

    /** Digits that may wait: {@value}. */
    static final int CAPACITY = 256;

    static final int TONE_MS = 250;
    static final int GAP_MS = 300;
    static final int WAIT_MS = 500;

    private final char[] queue = new char[CAPACITY];
    private int head;
    private int size;
    private @Nullable ToneSource current;
    private int rateHz;

    /** Queues a digit or {@code w}. @return false when it is neither, or too many wait */
    boolean queue(char digit) {
        char upper = Character.toUpperCase(digit);
        if (size == CAPACITY || (upper != 'W' && !Tones.isDigit(upper))) {
            return false;
        }
        queue[(head + size) % CAPACITY] = upper;
        size++;
        return true;
    }

    boolean busy() {
        return current != null || size > 0;
    }

    /** Overwrites a frame with tones and the silence between them. */
    void fill(short[] frame, int samples, int lineRateHz) {
        if (lineRateHz != rateHz) {
            current = null;
            rateHz = lineRateHz;
        }
        int done = 0;
        while (done < samples && busy()) {
            ToneSource tone = current == null ? next() : current;
            done += Math.max(0, tone.read(frame, done, samples - done));
            current = tone.ended() ? null : tone;
        }
        Arrays.fill(frame, done, samples, (short) 0);
    }

    private ToneSource next() {
        char digit = queue[head];
        head = (head + 1) % CAPACITY;
        size--;
        TonePattern pattern = digit == 'W'
                ? TonePattern.silence(WAIT_MS)
                : Tones.digit(digit, TONE_MS).then(TonePattern.silence(GAP_MS));
        return new ToneSource(pattern, rateHz);
    }
}
