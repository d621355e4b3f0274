package dev.revox.testkit.provider.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.revox.testkit.provider.Pcm;
import dev.revox.testkit.provider.socket.FrameQueue;
import dev.revox.testkit.server.SocketCall;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One session of {@link GeminiLiveServer}. <b>Thread:</b> the server's; frames leave on its alarms too. */
final class GeminiTalk {

    private static final int INPUT_RATE_HZ = 16_000;
    private static final int OUTPUT_RATE_HZ = 24_000;

    private final GeminiLiveServer server;
    private final SocketCall call;
    private final Spoken input = new Spoken();
    private final AtomicReference<Optional<FrameQueue>> active = new AtomicReference<>(Optional.empty());
    private boolean ready;
    private int calls;

    GeminiTalk(GeminiLiveServer server, SocketCall call) {
        this.server = server;
        this.call = call;
    }

    void received(JsonNode message) {
        if (!ready) {
            setUp(message);
            return;
        }
        JsonNode realtime = message.path("realtimeInput");
        if (realtime.has("activityStart")) {
            interrupt();
            input.clear();
        } else if (realtime.has("audio")) {
            sound(realtime.path("audio"));
        } else if (realtime.has("activityEnd")) {
            String said = server.recogniser.recognise(input.take(LineSound.PCM), INPUT_RATE_HZ);
            server.sockets.inputs.add(said);
            ObjectNode content = server.sockets.json.createObjectNode();
            content.putObject("serverContent").putObject("inputTranscription").put("text", said);
            send(content);
            generate(said, Optional.empty());
        } else if (message.has("clientContent")) {
            interrupt();
            JsonNode parts = message.path("clientContent").path("turns").path(0).path("parts");
            generate("", Optional.of(parts.path(0).path("text").asText()));
        } else if (message.has("toolResponse")) {
            JsonNode result =
                    message.path("toolResponse").path("functionResponses").path(0);
            generate("tool: " + result.path("response").path("output").asText(), Optional.empty());
        } else {
            call.close(1007, "a message of no known kind");
        }
    }

    private void setUp(JsonNode message) {
        JsonNode setup = message.path("setup");
        boolean proper = setup.path("model").asText().startsWith("models/")
                && setup.path("realtimeInputConfig")
                        .path("automaticActivityDetection")
                        .path("disabled")
                        .asBoolean();
        if (!proper) {
            call.close(1007, "no set-up as it is wanted here");
            return;
        }
        ready = true;
        ObjectNode complete = server.sockets.json.createObjectNode();
        complete.putObject("setupComplete");
        send(complete);
    }

    private void sound(JsonNode audio) {
        if (!audio.path("mimeType").asText().equals("audio/pcm;rate=" + INPUT_RATE_HZ)) {
            call.close(1007, "no sound as it is wanted here");
            return;
        }
        input.add(Base64.getDecoder().decode(audio.path("data").asText()));
    }

    private void generate(String said, Optional<String> direction) {
        FrameQueue frames = server.sockets.begin(call, call::sendAsBytes);
        active.set(Optional.of(frames));
        RealtimeScript.Answer answer = server.script.answer(said, direction);
        if (!answer.text().isEmpty() && !frames.isEmptyHanded()) {
            speak(frames, answer.text());
        }
        ObjectNode last = server.sockets.json.createObjectNode();
        if (answer.call().isPresent()) {
            RealtimeScript.Call tool = answer.call().get();
            ObjectNode function = last.putObject("toolCall")
                    .putArray("functionCalls")
                    .addObject()
                    .put("id", "call-" + ++calls)
                    .put("name", tool.name());
            function.putRawValue("args", new RawValue(tool.argumentsJson()));
        } else {
            last.putObject("serverContent").put("generationComplete", true).put("turnComplete", true);
        }
        frames.add(new FrameQueue.Frame(last.toString(), false, () -> over(frames)));
    }

    private void speak(FrameQueue frames, String text) {
        ObjectNode words = server.sockets.json.createObjectNode();
        words.putObject("serverContent").putObject("outputTranscription").put("text", text);
        frames.add(new FrameQueue.Frame(words.toString(), false));
        for (byte[] piece : Pcm.pieces(server.speaker.speak(text, OUTPUT_RATE_HZ), OUTPUT_RATE_HZ)) {
            ObjectNode sound = server.sockets.json.createObjectNode();
            sound.putObject("serverContent")
                    .putObject("modelTurn")
                    .putArray("parts")
                    .addObject()
                    .putObject("inlineData")
                    .put("mimeType", "audio/pcm;rate=" + OUTPUT_RATE_HZ)
                    .put("data", Base64.getEncoder().encodeToString(piece));
            frames.add(new FrameQueue.Frame(sound.toString(), true));
        }
    }

    /** What is being generated is thrown away, and said to be over. */
    private void interrupt() {
        active.get().ifPresent(frames -> {
            frames.stop();
            over(frames);
            ObjectNode content = server.sockets.json.createObjectNode();
            content.putObject("serverContent").put("interrupted", true);
            send(content);
            ObjectNode complete = server.sockets.json.createObjectNode();
            complete.putObject("serverContent").put("turnComplete", true);
            send(complete);
        });
    }

    void goAway() {
        ObjectNode message = server.sockets.json.createObjectNode();
        message.putObject("goAway").put("timeLeft", "10s");
        send(message);
    }

    private void over(FrameQueue frames) {
        Optional<FrameQueue> before = active.get();
        if (before.filter(frames::equals).isPresent() && active.compareAndSet(before, Optional.empty())) {
            server.sockets.underWay.decrementAndGet();
        }
    }

    void gone() {
        active.get().ifPresent(frames -> {
            frames.stop();
            over(frames);
        });
    }

    private void send(ObjectNode message) {
        call.sendAsBytes(message.toString());
    }
}
