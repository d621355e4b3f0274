package dev.revox.agent.tts.cache;

import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.tts.TextToSpeech.Sink;
import dev.revox.agent.tts.TextToSpeech.WordTiming;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a provider gave for one text, piece by piece, for all who listen to it now or later.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class Recording {

    private static final int PIECE_BYTES = 64;
    private static final int TIMING_BYTES = 80;

    private final List<Consumer<Sink>> pieces = new ArrayList<>();
    private long bytes;
    private boolean sounded;
    private boolean over;

    /** False when it is over already. */
    synchronized boolean audio(short[] pcm, int offset, int samples) {
        if (!over && samples > 0) {
            short[] copy = Arrays.copyOfRange(pcm, offset, offset + samples);
            pieces.add(sink -> sink.audio(copy, 0, copy.length));
            bytes += PIECE_BYTES + 2L * samples;
            sounded = true;
        }
        return !over;
    }

    synchronized boolean words(List<WordTiming> timings) {
        if (!over) {
            List<WordTiming> copy = List.copyOf(timings);
            pieces.add(sink -> sink.words(copy));
            bytes += PIECE_BYTES + (long) TIMING_BYTES * copy.size();
        }
        return !over;
    }

    /** True when this ended it. */
    synchronized boolean done() {
        return end(Sink::done);
    }

    synchronized boolean failed(ProviderException failure) {
        return end(sink -> sink.failed(failure));
    }

    /** Nothing more is taken: everybody has left. */
    synchronized boolean abandon() {
        boolean was = over;
        over = true;
        return !was;
    }

    private boolean end(Consumer<Sink> last) {
        if (over) {
            return false;
        }
        over = true;
        pieces.add(last);
        return true;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Whether there is any sound in it. */
    synchronized boolean sounded() {
        return sounded;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized Optional<Consumer<Sink>> piece(int index) {
        return index < pieces.size() ? Optional.of(pieces.get(index)) : Optional.empty();
    }
}
