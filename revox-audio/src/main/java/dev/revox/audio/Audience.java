package dev.revox.audio;

import dev.revox.audio.ear.EarOutlet;
import dev.revox.audio.ear.FirstWords;
import dev.revox.audio.ear.SampleClock;
import dev.revox.audio.event.LegEventRelay;
import dev.revox.audio.record.RecordingSide;
import dev.revox.media.EarTap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everyone who hears one leg: detectors and the recording at once and everything, readers and voice activity from the answer on and
 * without the echo of our own voice, with the first words kept for those who come late.
 *
 * <p><b>Thread:</b> Confined to the media loop; a frame allocates nothing.
 */
final class Audience {

    private final LegEventRelay events;
    private final List<EarOutlet> outlets = new ArrayList<>(4);
    private final List<TapSeat> taps = new ArrayList<>(4);
    private @Nullable FirstWords firstWords;
    private @Nullable RecordingSide recording;
    private boolean answered;
    private boolean closed;

    private static final class TapSeat implements EarTap.Sink {
        final int id;
        final EarTap tap;
        final LegEventRelay events;
        long nowNanos;

        TapSeat(int id, EarTap tap, LegEventRelay events) {
            this.id = id;
            this.tap = tap;
            this.events = events;
        }

        @Override
        public void emit(int code, long value) {
            events.tapped(nowNanos, id, code, value);
        }
    }

    Audience(LegEventRelay events) {
        this.events = events;
    }

    /** A codec is known: first words are kept at its rate, unless the time for that is over. */
    void keepFirstWords(FirstWords words, boolean firstCodec) {
        if (!answered) {
            firstWords = words;
        } else if (firstCodec) {
            // The answer overtook the first description; nothing was heard before it.
            words.answered(0);
            firstWords = words;
        }
    }

    boolean answered() {
        return answered;
    }

    boolean keepsFirstWords() {
        return firstWords != null;
    }

    void answer() {
        answered = true;
    }

    /** Readers and voice activity get what was said just before the answer. */
    void replayFirstWords(long shiftSamples, SpeechWatch watch, long nowNanos) {
        FirstWords words = firstWords;
        if (words == null) {
            return;
        }
        words.answered(shiftSamples);
        int rateHz = words.rateHz();
        words.replay((pcm, offset, length, sampleTime, flags) -> {
            for (EarOutlet outlet : outlets) {
                outlet.write(pcm, offset, length, rateHz, sampleTime, flags);
            }
            watch.onFrame(pcm, offset, length, sampleTime, flags, false, nowNanos, nowNanos);
        });
    }

    void add(EarOutlet outlet) {
        FirstWords words = firstWords;
        if (answered && words != null) {
            int wordsRateHz = words.rateHz();
            words.replay((pcm, offset, length, sampleTime, flags) ->
                    outlet.write(pcm, offset, length, wordsRateHz, sampleTime, flags));
        }
        if (closed) {
            outlet.finish();
        } else {
            outlets.add(outlet);
        }
    }

    void add(int tapId, EarTap tap) {
        taps.add(new TapSeat(tapId, tap, events));
    }

    void record(RecordingSide side) {
        recording = side;
    }

    /** Readers get what is left and then the end. */
    void dismiss() {
        closed = true;
        for (EarOutlet outlet : outlets) {
            outlet.finish();
        }
        outlets.clear();
        taps.clear();
        firstWords = null;
        recording = null;
    }

    /** Detectors and the recording hear a piece of the line's sound. */
    void hearLine(
            short[] pcm, int at, int length, int rateHz, long sampleTime, int flags, SampleClock clock, long nowNanos) {
        for (int i = 0; i < taps.size(); i++) {
            TapSeat seat = taps.get(i);
            seat.nowNanos = nowNanos;
            seat.tap.onFrame(pcm, at, length, rateHz, sampleTime, flags, seat);
        }
        RecordingSide side = recording;
        if (side != null) {
            side.write(pcm, at, length, rateHz, clock.since(side.startNanos(), sampleTime, rateHz));
        }
    }

    /** Readers hear a piece of what the other side says. */
    void hearVoice(short[] pcm, int at, int length, int rateHz, long sampleTime, int flags) {
        FirstWords words = firstWords;
        if (words != null && !words.keep(pcm, at, length, sampleTime, flags)) {
            firstWords = null;
        }
        if (!answered) {
            return;
        }
        for (int i = outlets.size() - 1; i >= 0; i--) {
            EarOutlet outlet = outlets.get(i);
            if (outlet.closed()) {
                outlets.remove(i);
            } else {
                outlet.write(pcm, at, length, rateHz, sampleTime, flags);
            }
        }
    }
}
