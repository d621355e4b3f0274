package dev.revox.testkit.provider.realtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.revox.secret.Secret;
import dev.revox.testkit.provider.Recogniser;
import dev.revox.testkit.provider.Speaker;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.provider.socket.SocketProvider;
import dev.revox.testkit.server.SocketCall;
import dev.revox.testkit.server.SocketHandler;
import dev.revox.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A model on 127.0.0.1 that speaks Google's Live protocol over WebSockets, as far as activity is marked by the client. Its
 * messages go out in binary frames, as the original's do.
 *
 * <p>It refuses a wrong key at the handshake, and closes with 1007 a session that does not begin with a set-up, that leaves the
 * activity detection on, or says something before the set-up is confirmed.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class GeminiLiveServer implements AutoCloseable {

    private static final String PATH = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";

    private final Secret key;
    final RealtimeScript script;
    final Recogniser recogniser;
    final Speaker speaker;
    final SocketProvider sockets;
    private final Map<SocketCall, GeminiTalk> talks = new ConcurrentHashMap<>();

    private GeminiLiveServer(
            TimeSource time,
            Secret key,
            RealtimeScript script,
            Recogniser recogniser,
            Speaker speaker,
            Duration firstPiece,
            Duration pace) {
        this.key = key;
        this.script = script;
        this.recogniser = recogniser;
        this.speaker = speaker;
        sockets = new SocketProvider(time, firstPiece, pace, new Protocol());
    }

    /** A server that speaks as fast as it can. */
    public static GeminiLiveServer start(
            TimeSource time, Secret key, RealtimeScript script, Recogniser recogniser, Speaker speaker) {
        return start(time, key, script, recogniser, speaker, Duration.ZERO, Duration.ZERO);
    }

    /**
     * Starts a server.
     *
     * @param firstPiece from the request to the first sound
     * @param pace between tenths of a second of sound
     */
    public static GeminiLiveServer start(
            TimeSource time,
            Secret key,
            RealtimeScript script,
            Recogniser recogniser,
            Speaker speaker,
            Duration firstPiece,
            Duration pace) {
        return new GeminiLiveServer(time, key, script, recogniser, speaker, firstPiece, pace);
    }

    /** What to give clients as base URL. */
    public URI baseUrl() {
        return sockets.baseUrl();
    }

    /** The next connection (for refusals) or generation fails so; further calls queue up. */
    public void failNext(Fault fault) {
        sockets.faults.next(fault);
    }

    /** Tells every client that its session is about to end. */
    public void goAway() {
        talks.values().forEach(GeminiTalk::goAway);
    }

    /** What was understood of turns. */
    public List<String> heard() {
        return List.copyOf(sockets.inputs);
    }

    public int openConnections() {
        return sockets.openConnections();
    }

    /** Generations that are neither complete, nor interrupted, nor given up. */
    public int responsesUnderWay() {
        return sockets.underWay.get();
    }

    @Override
    public void close() {
        sockets.close();
    }

    private final class Protocol implements SocketHandler {

        @Override
        public Handshake handshake(SocketCall call) {
            String shown =
                    call.header("x-goog-api-key").or(() -> call.query("key")).orElse("");
            return sockets.handshake(shown.equals(key.reveal()), call.path().equals(PATH));
        }

        @Override
        public void text(SocketCall call, String message) {
            GeminiTalk talk = talks.computeIfAbsent(call, unused -> new GeminiTalk(GeminiLiveServer.this, call));
            try {
                talk.received(sockets.json.readTree(message));
            } catch (JsonProcessingException e) {
                call.close(1007, "no JSON");
            }
        }

        @Override
        public void gone(SocketCall call) {
            @Nullable GeminiTalk talk = talks.remove(call);
            if (talk != null) {
                talk.gone();
            }
        }
    }
}
