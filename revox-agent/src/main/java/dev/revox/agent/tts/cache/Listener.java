package dev.revox.agent.tts.cache;

import dev.revox.agent.stream.Delivery;
import dev.revox.agent.tts.TextToSpeech.Sink;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call's place in a recording: gives its sink the pieces in order, as far as they are there and wanted.
 *
 * <p><b>Thread:</b> Thread-safe; the sink is called without the lock, by one thread at a time.
 */
final class Listener {

    private final Sink sink;
    private final Delivery delivery = new Delivery();
    private @Nullable Recording recording;
    private @Nullable Making making;
    private int next;
    private boolean wanted = true;
    private boolean delivering;

    Listener(Sink sink) {
        this.sink = sink;
    }

    /** What it listens to; the making of it, while that is under way. */
    synchronized void follow(Recording followed, @Nullable Making shared) {
        recording = followed;
        making = shared;
    }

    synchronized @Nullable Making making() {
        return making;
    }

    synchronized void demand(boolean more) {
        wanted = more;
    }

    synchronized boolean wants() {
        return wanted;
    }

    /** Passes on what is there. When another thread is doing so, it takes that along. */
    void deliver() {
        synchronized (this) {
            if (delivering) {
                return;
            }
            delivering = true;
        }
        for (Optional<Consumer<Sink>> piece = take(); piece.isPresent(); piece = take()) {
            Consumer<Sink> call = piece.get();
            delivery.pass(() -> call.accept(sink));
        }
    }

    private synchronized Optional<Consumer<Sink>> take() {
        Optional<Consumer<Sink>> piece =
                recording != null && wanted && delivery.isOpen() ? recording.piece(next) : Optional.empty();
        if (piece.isPresent()) {
            next++;
        } else {
            delivering = false;
        }
        return piece;
    }

    boolean isOpen() {
        return delivery.isOpen();
    }

    /** Lets nothing more through. */
    boolean shut() {
        return delivery.shut();
    }
}
