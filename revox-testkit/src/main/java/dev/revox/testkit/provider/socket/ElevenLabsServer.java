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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A voice on 127.0.0.1 that speaks ElevenLabs' {@code stream-input} WebSocket protocol, one utterance per socket.
 *
 * <p>It refuses a wrong key at the handshake, and with an error message a first text that is not one space, and a text that does
 * not end with a space. Sentences are spoken as they become complete.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class ElevenLabsServer implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile("/v1/text-to-speech/[^/]+/stream-input");
    private static final Pattern FORMAT = Pattern.compile("pcm_(8000|16000|22050|24000|44100)");

    private final Secret key;
    private final Speaker speaker;
    private final SocketProvider sockets;
    private final Map<SocketCall, Speech> speeches = new ConcurrentHashMap<>();

    private static final class Speech {
        private final FrameQueue frames;
        private final int rateHz;
        private final Sentences sentences = new Sentences();

        Speech(FrameQueue frames, int rateHz) {
            this.frames = frames;
            this.rateHz = rateHz;
        }
    }

    private ElevenLabsServer(TimeSource time, Secret key, Speaker speaker, SpeechPace pace) {
        this.key = key;
        this.speaker = speaker;
        sockets = new SocketProvider(time, pace.firstPiece(), pace.between(), new Protocol());
    }

    /** A server that speaks as fast as it can. */
    public static ElevenLabsServer start(TimeSource time, Secret key, Speaker speaker) {
        return start(time, key, speaker, SpeechPace.AT_ONCE);
    }

    public static ElevenLabsServer start(TimeSource time, Secret key, Speaker speaker, SpeechPace pace) {
        return new ElevenLabsServer(time, key, speaker, pace);
    }

    /** What to give clients as base URL. */
    public URI baseUrl() {
        return sockets.baseUrl();
    }

    /** The next connection (for refusals) or utterance fails so; further calls queue up. */
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

    /** Utterances that are neither complete nor given up by their clients. */
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
            boolean addressed = PATH.matcher(call.path()).matches()
                    && call.query("model_id").isPresent()
                    && FORMAT.matcher(call.query("output_format").orElse("")).matches();
            return sockets.handshake(call.header("xi-api-key").orElse("").equals(key.reveal()), addressed);
        }

        @Override
        public void text(SocketCall call, String message) {
            JsonNode text;
            try {
                text = sockets.json.readTree(message).path("text");
            } catch (JsonProcessingException e) {
                refuse(call, "invalid_json");
                return;
            }
            @Nullable Speech speech = speeches.get(call);
            if (!text.isTextual()) {
                refuse(call, "text_missing");
            } else if (speech == null) {
                begin(call, text.asText());
            } else if (text.asText().isEmpty()) {
                end(call, speech);
            } else if (!text.asText().endsWith(" ")) {
                refuse(call, "text_must_end_with_a_space");
            } else {
                speech.sentences.add(text.asText()).forEach(sentence -> speak(speech, sentence));
            }
        }

        @Override
        public void gone(SocketCall call) {
            finish(call);
        }
    }

    private void refuse(SocketCall call, String error) {
        call.send(sockets.json
                .createObjectNode()
                .put("message", "refused")
                .put("error", error)
                .put("code", 1008)
                .toString());
        call.close(1008, "refused");
    }

    private void begin(SocketCall call, String text) {
        Matcher format = FORMAT.matcher(call.query("output_format").orElse(""));
        if (!text.equals(" ") || !format.matches()) {
            refuse(call, "first_text_must_be_a_space");
            return;
        }
        speeches.put(call, new Speech(sockets.begin(call), Integer.parseInt(format.group(1))));
    }

    private void end(SocketCall call, Speech speech) {
        String rest = speech.sentences.rest();
        if (!rest.isEmpty()) {
            speak(speech, rest);
        }
        ObjectNode last = sockets.json.createObjectNode().put("isFinal", true);
        last.putNull("audio");
        speech.frames.add(new FrameQueue.Frame(last.toString(), false, () -> {
            finish(call);
            call.close(1000, "");
        }));
    }

    // One message per tenth of a second; the characters of a message are those whose sound begins in it.
    private void speak(Speech speech, String sentence) {
        sockets.inputs.add(sentence);
        short[] pcm = speech.frames.isEmptyHanded() ? new short[0] : speaker.speak(sentence, speech.rateHz);
        String spoken = sentence + " ";
        double msPerChar = 1000.0 * pcm.length / speech.rateHz / sentence.length();
        double messageMs = 0;
        int next = 0;
        List<byte[]> pieces = Pcm.pieces(pcm, speech.rateHz);
        for (int i = 0; i < pieces.size(); i++) {
            double endMs = messageMs + 1000.0 * pieces.get(i).length / 2 / speech.rateHz;
            int from = next;
            while (next < spoken.length() && (next * msPerChar < endMs - 0.5 || i == pieces.size() - 1)) {
                next++;
            }
            ObjectNode message = sockets.json
                    .createObjectNode()
                    .put("audio", Base64.getEncoder().encodeToString(pieces.get(i)));
            message.putNull("isFinal");
            message.set("alignment", alignment(spoken, from, next, msPerChar, messageMs));
            speech.frames.add(new FrameQueue.Frame(message.toString(), true));
            messageMs = endMs;
        }
    }

    private ObjectNode alignment(String text, int from, int to, double msPerChar, double messageMs) {
        ObjectNode alignment = sockets.json.createObjectNode();
        ArrayNode chars = alignment.putArray("chars");
        ArrayNode starts = alignment.putArray("charStartTimesMs");
        ArrayNode durations = alignment.putArray("charDurationsMs");
        for (int i = from; i < to; i++) {
            chars.add(text.substring(i, i + 1));
            starts.add(Math.max(0, Math.round(i * msPerChar - messageMs)));
            durations.add(Math.round(msPerChar));
        }
        return alignment;
    }

    private void finish(SocketCall call) {
        @Nullable Speech speech = speeches.remove(call);
        if (speech != null) {
            speech.frames.stop();
            sockets.underWay.decrementAndGet();
        }
    }
}
