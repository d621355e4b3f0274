package dev.revox.testkit.provider.realtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A model on 127.0.0.1 that speaks OpenAI's Realtime protocol over WebSockets, as far as turns are committed by the client.
 *
 * <p>It refuses a wrong key at the handshake, and with an {@code error} event a session that is not of type realtime or leaves the
 * voice detection on, a commit of less than 100 ms, and a second response while one is under way.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class OpenAiRealtimeServer implements AutoCloseable {

    private static final String PATH = "/v1/realtime";

    private final Secret key;
    final RealtimeScript script;
    final Recogniser recogniser;
    final Speaker speaker;
    final SocketProvider sockets;
    final List<Truncation> truncations = new CopyOnWriteArrayList<>();
    final List<JsonNode> updates = new CopyOnWriteArrayList<>();
    private final Map<SocketCall, OpenAiTalk> talks = new ConcurrentHashMap<>();

    /** How much the client said that was heard of an item. */
    public record Truncation(String item, long heardMillis) {}

    private OpenAiRealtimeServer(
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
    public static OpenAiRealtimeServer start(
            TimeSource time, Secret key, RealtimeScript script, Recogniser recogniser, Speaker speaker) {
        return start(time, key, script, recogniser, speaker, Duration.ZERO, Duration.ZERO);
    }

    /**
     * Starts a server.
     *
     * @param firstPiece from the request to the first sound
     * @param pace between tenths of a second of sound
     */
    public static OpenAiRealtimeServer start(
            TimeSource time,
            Secret key,
            RealtimeScript script,
            Recogniser recogniser,
            Speaker speaker,
            Duration firstPiece,
            Duration pace) {
        return new OpenAiRealtimeServer(time, key, script, recogniser, speaker, firstPiece, pace);
    }

    /** What to give clients as base URL. */
    public URI baseUrl() {
        return URI.create(sockets.baseUrl() + "/v1");
    }

    /** The next connection (for refusals) or response fails so; further calls queue up. */
    public void failNext(Fault fault) {
        sockets.faults.next(fault);
    }

    /** What was understood of committed turns. */
    public List<String> heard() {
        return List.copyOf(sockets.inputs);
    }

    public List<Truncation> truncations() {
        return List.copyOf(truncations);
    }

    /** The {@code session} objects of all updates, as JSON. */
    public List<String> updates() {
        return updates.stream().map(JsonNode::toString).toList();
    }

    public int openConnections() {
        return sockets.openConnections();
    }

    /** Responses that are neither done, nor cancelled, nor given up. */
    public int responsesUnderWay() {
        return sockets.underWay.get();
    }

    @Override
    public void close() {
        sockets.close();
    }

    ObjectNode event(String type) {
        return sockets.json.createObjectNode().put("type", type);
    }

    private final class Protocol implements SocketHandler {

        @Override
        public Handshake handshake(SocketCall call) {
            String shown = call.header("Authorization").orElse("");
            boolean addressed = call.path().equals(PATH) && call.query("model").isPresent();
            return sockets.handshake(shown.equals("Bearer " + key.reveal()), addressed);
        }

        @Override
        public void text(SocketCall call, String message) {
            try {
                talks.computeIfAbsent(call, unused -> new OpenAiTalk(OpenAiRealtimeServer.this, call))
                        .received(sockets.json.readTree(message));
            } catch (JsonProcessingException e) {
                ObjectNode error = event("error");
                error.putObject("error").put("type", "invalid_request_error").put("code", "invalid_json");
                call.send(error.toString());
            }
        }

        @Override
        public void gone(SocketCall call) {
            @Nullable OpenAiTalk talk = talks.remove(call);
            if (talk != null) {
                talk.gone();
            }
        }
    }
}
