package dev.revox.agent.tts.elevenlabs;

import dev.revox.agent.socket.SocketEnd;
import dev.revox.agent.socket.SocketListener;
import dev.revox.agent.socket.WebSocket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A socket for one voice that nobody uses yet, and then one utterance.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class VoiceSocket implements SocketListener {

    private final Runnable onOpened;
    private @Nullable WebSocket socket;
    private @Nullable SocketListener user;
    private @Nullable SocketEnd ended;

    /** @param onOpened runs when the handshake is done */
    VoiceSocket(Runnable onOpened) {
        this.onOpened = onOpened;
    }

    synchronized void attach(WebSocket opened) {
        socket = opened;
    }

    synchronized boolean isUsable() {
        return ended == null && socket != null && socket.isUsable();
    }

    /** From now on this listener is told; at once, when the socket has ended already. */
    void use(SocketListener listener) {
        Optional<SocketEnd> missed;
        synchronized (this) {
            user = listener;
            missed = Optional.ofNullable(ended);
        }
        missed.ifPresent(listener::ended);
    }

    synchronized void send(String message) {
        if (socket != null) {
            socket.send(message);
        }
    }

    synchronized void reading(boolean on) {
        if (socket != null) {
            socket.reading(on);
        }
    }

    synchronized void close() {
        if (socket != null) {
            socket.close();
        }
    }

    private synchronized Optional<SocketListener> user() {
        return Optional.ofNullable(user);
    }

    @Override
    public void opened() {
        onOpened.run();
    }

    @Override
    public void text(String message) {
        user().ifPresent(listener -> listener.text(message));
    }

    @Override
    public void ended(SocketEnd end) {
        Optional<SocketListener> told;
        synchronized (this) {
            ended = end;
            told = Optional.ofNullable(user);
        }
        told.ifPresent(listener -> listener.ended(end));
    }
}
