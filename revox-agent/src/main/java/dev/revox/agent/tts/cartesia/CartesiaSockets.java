package dev.revox.agent.tts.cartesia;

import dev.revox.agent.socket.WebSockets;
import dev.revox.secret.Secret;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Warm sockets, one utterance on each at a time.
 *
 * <p>Cartesia would carry many utterances over one socket, but then a call that wants no more sound for a while would have to
 * hold up all others, or make us keep their sound. The one used last is used first, so surplus ones grow old and the
 * provider closes them.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class CartesiaSockets {

    private static final int MOST_IDLE = 64;

    private final WebSockets sockets;
    private final URI uri;
    private final Secret apiKey;
    private final Deque<CartesiaSocket> idle = new ArrayDeque<>();

    CartesiaSockets(WebSockets sockets, URI uri, Secret apiKey) {
        this.sockets = sockets;
        this.uri = uri;
        this.apiKey = apiKey;
    }

    /** A warm socket, if there is one. */
    synchronized @Nullable CartesiaSocket warm() {
        @Nullable CartesiaSocket socket = idle.pollFirst();
        while (socket != null && !socket.isUsable()) {
            socket = idle.pollFirst();
        }
        return socket;
    }

    /** A new socket for an utterance, or for none yet. */
    CartesiaSocket open(@Nullable CartesiaUtterance user) {
        CartesiaSocket socket = new CartesiaSocket(this);
        if (user != null) {
            socket.reserve(user);
        }
        socket.attach(sockets.connect(uri, Map.of("X-API-Key", apiKey), socket));
        return socket;
    }

    void giveBack(CartesiaSocket socket) {
        boolean kept;
        synchronized (this) {
            kept = socket.isUsable() && idle.size() < MOST_IDLE;
            if (kept) {
                idle.addFirst(socket);
            }
        }
        if (!kept) {
            socket.close();
        }
    }

    synchronized void forget(CartesiaSocket socket) {
        idle.remove(socket);
    }
}
