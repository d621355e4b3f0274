package dev.revox.testkit.provider.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.revox.secret.Secret;
import dev.revox.testkit.provider.Pcm;
import dev.revox.testkit.provider.Speaker;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.server.SocketCall;
import dev.revox.testkit.server.SocketHandler;
import dev.revox.time.TimeSource;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A voice on 127.0.0.1 that speaks Cartesia's TTS WebSocket protocol: contexts, continuations, word times, cancels.
 *
 * <p>It refuses a wrong key and a missing {@code cartesia_version} at the handshake, and with an {@code error} message a request
 * that lacks a model, a voice, a context or raw 16 bit output. Sentences are spoken as they become complete.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class CartesiaServer implements AutoCloseable {

    private static final String PATH = "/tts/websocket";

    private final Secret key;
    private final Speaker speaker;
    private final SocketProvider sockets;
    private final Map<SocketCall, Map<String, Context>> contexts = new ConcurrentHashMap<>();

    private static final class Context {
        private final FrameQueue frames;
        private final Sentences sentences = new Sentences();
        private double spokenSeconds;

        Context(FrameQueue frames) {
            this.frames = frames;
        }
    }

    private CartesiaServer(TimeSource time, Secret key, Speaker speaker, SpeechPace pace) {
        this.key = key;
        this.speaker = speaker;
        sockets = new SocketProvider(time, pace.firstPiece(), pace.between(), new Protocol());
    }

    /** A server that speaks as fast as it can. */
    public static CartesiaServer start(TimeSource time, Secret key, Speaker speaker) {
        return start(time, key, speaker, SpeechPace.AT_ONCE);
    }

    public static CartesiaServer start(TimeSource time, Secret key, Speaker speaker, SpeechPace pace) {
        return new CartesiaServer(time, key, speaker, pace);
    }

    /** What to give clients as base URL. */
    public URI baseUrl() {
        return sockets.baseUrl();
    }

    /** The next connection (for refusals) or context fails so; further calls queue up. */
    public void failNext(Fault fault) {
        sockets.faults.next(fault);
    }

    /** Everything without a fault of its own fails so; empty ends that. */
    public void failAlways(Optional<Fault> fault) {
        sockets.faults.always(fault);
    }

    /** Sentences spoken so far. */
    public List<String> inputs() {
        return List.copyOf(sockets.inputs);
    }

    public int openConnections() {
        return sockets.openConnections();
    }

    /** Contexts that are neither done, nor cancelled, nor given up. */
    public int answersUnderWay() {
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
                    call.header("X-API-Key").or(() -> call.query("api_key")).orElse("");
            boolean addressed =
                    call.path().equals(PATH) && call.query("cartesia_version").isPresent();
            return sockets.handshake(shown.equals(key.reveal()), addressed);
        }

        @Override
        public void text(SocketCall call, String message) {
            JsonNode request;
            try {
                request = sockets.json.readTree(message);
            } catch (JsonProcessingException e) {
                error(call, "", 400, "invalid JSON");
                return;
            }
            String id = request.path("context_id").asText();
            if (request.path("cancel").asBoolean()) {
                finish(call, id);
            } else {
                complaint(request).ifPresentOrElse(why -> error(call, id, 400, why), () -> speak(call, id, request));
            }
        }

        @Override
        public void gone(SocketCall call) {
            @Nullable Map<String, Context> open = contexts.get(call);
            if (open != null) {
                List.copyOf(open.keySet()).forEach(id -> finish(call, id));
                contexts.remove(call);
            }
        }
    }

    private static Optional<String> complaint(JsonNode request) {
        JsonNode format = request.path("output_format");
        if (request.path("model_id").asText().isEmpty()
                || !request.path("transcript").isTextual()) {
            return Optional.of("model_id and transcript are needed");
        }
        if (!request.path("voice").path("mode").asText().equals("id")
                || request.path("voice").path("id").asText().isEmpty()) {
            return Optional.of("a voice with mode id is needed");
        }
        if (request.path("context_id").asText().isEmpty()) {
            return Optional.of("a context_id is needed for continuations");
        }
        boolean raw = format.path("container").asText().equals("raw")
                && format.path("encoding").asText().equals("pcm_s16le")
                && format.path("sample_rate").asInt() >= 8000;
        return raw ? Optional.empty() : Optional.of("only raw pcm_s16le is spoken here");
    }

    private void error(SocketCall call, String id, int status, String why) {
        call.send(sockets.json
                .createObjectNode()
                .put("type", "error")
                .put("context_id", id)
                .put("done", true)
                .put("status_code", status)
                .put("error", why)
                .toString());
    }

    private void speak(SocketCall call, String id, JsonNode request) {
        Context context = contexts.computeIfAbsent(call, unused -> new ConcurrentHashMap<>())
                .computeIfAbsent(id, unused -> new Context(sockets.begin(call)));
        boolean timed = request.path("add_timestamps").asBoolean();
        int rateHz = request.path("output_format").path("sample_rate").asInt();
        for (String sentence : context.sentences.add(request.path("transcript").asText())) {
            speak(id, context, sentence, rateHz, timed);
        }
        if (!request.path("continue").asBoolean()) {
            String rest = context.sentences.rest();
            if (!rest.isEmpty()) {
                speak(id, context, rest, rateHz, timed);
            }
            context.frames.add(
                    new FrameQueue.Frame(message(id, "done", true).toString(), false, () -> finish(call, id)));
        }
    }

    private void speak(String id, Context context, String sentence, int rateHz, boolean timed) {
        sockets.inputs.add(sentence);
        short[] pcm = context.frames.isEmptyHanded() ? new short[0] : speaker.speak(sentence, rateHz);
        if (timed && pcm.length > 0) {
            ObjectNode times = message(id, "timestamps", false);
            times.set("word_timestamps", words(sentence, context.spokenSeconds, (double) pcm.length / rateHz));
            context.frames.add(new FrameQueue.Frame(times.toString(), false));
        }
        for (byte[] piece : Pcm.pieces(pcm, rateHz)) {
            ObjectNode chunk =
                    message(id, "chunk", false).put("data", Base64.getEncoder().encodeToString(piece));
            context.frames.add(new FrameQueue.Frame(chunk.toString(), true));
        }
        context.spokenSeconds += (double) pcm.length / rateHz;
    }

    private ObjectNode message(String id, String type, boolean done) {
        return sockets.json
                .createObjectNode()
                .put("type", type)
                .put("context_id", id)
                .put("done", done)
                .put("status_code", 206);
    }

    private ObjectNode words(String sentence, double from, double seconds) {
        ObjectNode times = sockets.json.createObjectNode();
        ArrayNode words = times.putArray("words");
        ArrayNode starts = times.putArray("start");
        ArrayNode ends = times.putArray("end");
        double perChar = seconds / sentence.length();
        int at = 0;
        for (String word : sentence.split(" ")) {
            words.add(word);
            starts.add(from + at * perChar);
            ends.add(from + (at + word.length()) * perChar);
            at += word.length() + 1;
        }
        return times;
    }

    private void finish(SocketCall call, String id) {
        @Nullable
        Context context = contexts.getOrDefault(call, new ConcurrentHashMap<>()).remove(id);
        if (context != null) {
            context.frames.stop();
            sockets.underWay.decrementAndGet();
        }
    }
}
