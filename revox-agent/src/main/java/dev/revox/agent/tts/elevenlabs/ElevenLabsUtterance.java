package dev.revox.agent.tts.elevenlabs;

import dev.revox.agent.json.Json;
import dev.revox.agent.json.MalformedJsonException;
import dev.revox.agent.socket.SocketEnd;
import dev.revox.agent.socket.SocketListener;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stream.ProviderException.Kind;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.sound.SocketVoice;
import dev.revox.agent.tts.sound.SoundIntake;
import dev.revox.assistant.sound.Voice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One utterance on a socket of its own.
 *
 * <p><b>Spec:</b> ElevenLabs' {@code stream-input} WebSocket API. <b>Thread:</b> messages come on the event loop; the other
 * methods from one caller.
 */
final class ElevenLabsUtterance implements TextToSpeech.Utterance {

    private static final String SENTENCE_ENDS = ".!?…。！？";

    private final String provider;
    private final Voice voice;
    private final VoiceSocket socket;
    private final SoundIntake intake;
    private final WordAssembler words = new WordAssembler();
    private volatile boolean begun;
    private volatile boolean ended;

    ElevenLabsUtterance(SocketVoice.Settings settings, Voice voice, VoiceSocket socket, TextToSpeech.Sink sink) {
        provider = settings.provider().name();
        this.voice = voice;
        this.socket = socket;
        intake = new SoundIntake(settings, sink, socket::close);
    }

    void start() {
        socket.use(new Messages());
    }

    @Override
    public void text(String more) {
        if (intake.isOver() || (!begun && more.isBlank())) {
            return;
        }
        if (!begun) {
            begun = true;
            socket.send(Json.write(greeting()));
        }
        Map<String, Object> message = new LinkedHashMap<>();
        // The protocol takes a text without a space at its end for half a word.
        message.put("text", Character.isWhitespace(more.charAt(more.length() - 1)) ? more : more + " ");
        // What the provider would hold back for a better melody is worth less than an early start.
        if (SENTENCE_ENDS.indexOf(lastLetter(more)) >= 0) {
            message.put("flush", true);
        }
        socket.send(Json.write(message));
        intake.asked();
    }

    private static char lastLetter(String text) {
        String stripped = text.stripTrailing();
        return stripped.isEmpty() ? ' ' : stripped.charAt(stripped.length() - 1);
    }

    private Map<String, Object> greeting() {
        Map<String, Object> greeting = new LinkedHashMap<>();
        greeting.put("text", " ");
        voice.speed().ifPresent(speed -> greeting.put("voice_settings", Map.of("speed", speed)));
        return greeting;
    }

    @Override
    public void end() {
        if (intake.isOver()) {
            return;
        }
        ended = true;
        if (begun) {
            socket.send(Json.write(Map.of("text", "")));
            intake.allAsked();
        } else {
            intake.done();
            socket.close();
        }
    }

    @Override
    public void demand(boolean more) {
        if (!intake.isOver()) {
            socket.reading(more);
        }
        intake.demand(more);
    }

    @Override
    public void cancel() {
        if (intake.cancel()) {
            socket.close();
        }
    }

    /** Takes one message. */
    private void receive(String text) {
        Json message;
        try {
            message = Json.read(text);
        } catch (MalformedJsonException e) {
            intake.garbled();
            return;
        }
        if (message.text("error").isPresent()) {
            intake.fail(refusal(message.text("error").get()));
            return;
        }
        boolean last = message.isTrue("isFinal");
        if (message.text("audio").isEmpty() && message.object("alignment").isEmpty() && !last) {
            intake.garbled();
            return;
        }
        message.object("alignment").ifPresent(this::words);
        message.text("audio").filter(audio -> !audio.isEmpty()).ifPresent(intake::sound);
        if (last) {
            finish();
        }
    }

    private void words(Json alignment) {
        List<String> characters = alignment.texts("chars");
        double[] starts = alignment.numbers("charStartTimesMs");
        double[] durations = alignment.numbers("charDurationsMs");
        if (starts.length != characters.size() || durations.length != characters.size()) {
            intake.garbled();
            return;
        }
        intake.words(words.add(characters, starts, durations, intake.heard().toNanos() / 1000));
    }

    private void finish() {
        intake.words(words.rest());
        intake.finished();
        socket.close();
    }

    // The names of errors are not all documented; what they have in common is.
    private ProviderException refusal(String error) {
        String name = error.toLowerCase(Locale.ROOT);
        if (name.contains("api_key") || name.contains("unauthorized") || name.contains("permission")) {
            return new ProviderException(provider, Kind.AUTHENTICATION, "check the API key and what it may use");
        }
        if (name.contains("quota") || name.contains("rate") || name.contains("too_many") || name.contains("busy")) {
            return new ProviderException(provider, Kind.RATE_LIMIT, "too many requests, or the quota is used up");
        }
        return new ProviderException(
                provider, Kind.REJECTED, "it refused the utterance: check the voice and the model");
    }

    private void lost(SocketEnd end) {
        boolean complete = ended
                && end instanceof SocketEnd.Closed closed
                && closed.code() == 1000
                && !intake.heard().isZero();
        if (complete) {
            finish();
        } else {
            intake.lost(end);
        }
    }

    private final class Messages implements SocketListener {

        @Override
        public void opened() {
            // What was said before the handshake is sent by the socket itself.
        }

        @Override
        public void text(String message) {
            receive(message);
        }

        @Override
        public void ended(SocketEnd end) {
            lost(end);
        }
    }
}
