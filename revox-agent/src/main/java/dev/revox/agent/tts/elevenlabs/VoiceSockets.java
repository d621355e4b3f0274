package dev.revox.agent.tts.elevenlabs;

import dev.revox.agent.socket.WebSockets;
import dev.revox.secret.Secret;
import dev.revox.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sockets, each good for one utterance, and one more that is opened ahead for the voice that spoke last: in a conversation it
 * will speak again.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class VoiceSockets {

    /** The provider closes a socket that nothing is said on for this long. */
    static final int INACTIVITY_SECONDS = 180;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(INACTIVITY_SECONDS - 20L);

    private record Spare(URI uri, VoiceSocket socket, long openedNanos) {}

    private final WebSockets sockets;
    private final Secret apiKey;
    private final TimeSource time;
    private @Nullable Spare spare;

    VoiceSockets(WebSockets sockets, Secret apiKey, TimeSource time) {
        this.sockets = sockets;
        this.apiKey = apiKey;
        this.time = time;
    }

    /** A socket for one utterance: the spare one when it fits, else a new one. */
    VoiceSocket take(URI uri) {
        @Nullable Spare waiting;
        synchronized (this) {
            waiting = spare;
            spare = null;
        }
        if (waiting != null && fits(waiting, uri)) {
            prepare(uri);
            return waiting.socket();
        }
        if (waiting != null) {
            waiting.socket().close();
        }
        // The next one is opened when this one has been accepted, so that a provider in trouble is not asked twice.
        return open(uri, () -> prepare(uri));
    }

    private boolean fits(Spare waiting, URI uri) {
        return waiting.uri().equals(uri)
                && waiting.socket().isUsable()
                && time.nanoTime() - waiting.openedNanos() < LONGEST_WAIT.toNanos();
    }

    private void prepare(URI uri) {
        VoiceSocket socket = open(uri, () -> {});
        @Nullable Spare replaced;
        synchronized (this) {
            replaced = spare;
            spare = new Spare(uri, socket, time.nanoTime());
        }
        if (replaced != null) {
            replaced.socket().close();
        }
    }

    private VoiceSocket open(URI uri, Runnable onOpened) {
        VoiceSocket socket = new VoiceSocket(onOpened);
        socket.attach(sockets.connect(uri, Map.of("xi-api-key", apiKey), socket));
        return socket;
    }
}
