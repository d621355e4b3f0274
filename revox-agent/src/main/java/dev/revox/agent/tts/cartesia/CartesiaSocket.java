package dev.revox.agent.tts.cartesia;

import dev.revox.agent.json.Json;
import dev.revox.agent.json.MalformedJsonException;
import dev.revox.agent.socket.SocketEnd;
import dev.revox.agent.socket.SocketListener;
import dev.revox.agent.socket.WebSocket;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A socket to Cartesia and the utterance that uses it now. What still arrives for an earlier one is dropped by its context.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class CartesiaSocket implements SocketListener {

    private final CartesiaSockets pool;
    private volatile @Nullable WebSocket socket;
    private final AtomicReference<@Nullable CartesiaUtterance> user = new AtomicReference<>();

    CartesiaSocket(CartesiaSockets pool) {
        this.pool = pool;
    }

    void attach(WebSocket opened) {
        socket = opened;
    }

    boolean isUsable() {
        @Nullable WebSocket opened = socket;
        return opened != null && opened.isUsable();
    }

    /** From now on this utterance is told. False when the socket has ended unseen: it is not told, and needs another. */
    boolean use(CartesiaUtterance utterance) {
        user.set(utterance);
        return isUsable() || !user.compareAndSet(utterance, null);
    }

    /** The first user of a socket that is yet to be opened. */
    void reserve(CartesiaUtterance utterance) {
        user.set(utterance);
    }

    /** The utterance needs it no more: the next one may have it. */
    void release() {
        user.set(null);
        reading(true);
        pool.giveBack(this);
    }

    void send(String message) {
        @Nullable WebSocket opened = socket;
        if (opened != null) {
            opened.send(message);
        }
    }

    void reading(boolean on) {
        @Nullable WebSocket opened = socket;
        if (opened != null) {
            opened.reading(on);
        }
    }

    void close() {
        user.set(null);
        @Nullable WebSocket opened = socket;
        if (opened != null) {
            opened.close();
        }
        pool.forget(this);
    }

    @Override
    public void opened() {
        // What was said before the handshake is sent by the socket itself.
    }

    @Override
    public void text(String message) {
        @Nullable CartesiaUtterance current = user.get();
        if (current == null) {
            return;
        }
        try {
            Json json = Json.read(message);
            // Only errors may lack a context: they are about the message that was sent last.
            boolean ours =
                    json.text("context_id").map(current.contextId()::equals).orElse(true);
            if (ours) {
                current.received(json);
            }
        } catch (MalformedJsonException e) {
            current.garbled();
        }
    }

    @Override
    public void ended(SocketEnd end) {
        pool.forget(this);
        @Nullable CartesiaUtterance current = user.getAndSet(null);
        if (current != null) {
            current.lost(end);
        }
    }
}
