package dev.revox.testkit.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.revox.RevoxException;
import dev.revox.secret.Secret;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.server.HttpCall;
import dev.revox.time.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A voice on 127.0.0.1 that speaks OpenAI's {@code audio/speech}, raw samples only.
 *
 * <p>It refuses a wrong key with 401, and with 400 a request without model, input or voice, or for another format.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class SpeechServer implements AutoCloseable {

    private static final int SAMPLE_RATE_HZ = 24_000;
    private static final int LONGEST_INPUT_CHARS = 4096;

    private final Speaker speaker;
    private final Duration firstPiece;
    private final Duration pace;
    private final HttpProvider http;
    private final List<String> inputs = new CopyOnWriteArrayList<>();

    private SpeechServer(Builder builder, TimeSource time, Secret key, Speaker speaker) {
        this.speaker = speaker;
        firstPiece = builder.firstPiece;
        pace = builder.pace;
        http = new HttpProvider("/v1/audio/speech", key.reveal(), time, this::serve);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What to give clients as base URL. */
    public URI baseUrl() {
        return http.baseUrl();
    }

    /** The next request fails so; further calls queue up. */
    public void failNext(Fault fault) {
        http.faults.next(fault);
    }

    /** All requests without a fault of their own fail so; empty ends that. */
    public void failAlways(Optional<Fault> fault) {
        http.faults.always(fault);
    }

    /** Texts that were asked for so far. */
    public List<String> inputs() {
        return List.copyOf(inputs);
    }

    public int openConnections() {
        return http.openConnections();
    }

    /** Answers that are neither complete nor given up by their clients. */
    public int answersUnderWay() {
        return http.underWay();
    }

    private void serve(HttpCall call, Optional<Fault> fault) {
        JsonNode root;
        try {
            root = http.json.readTree(new String(call.body(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            http.refuse(call, 400, "We could not parse the JSON body of your request.");
            return;
        }
        String input = root.path("input").asText();
        boolean complete = !root.path("model").asText().isEmpty()
                && !root.path("voice").asText().isEmpty()
                && !input.isEmpty()
                && input.length() <= LONGEST_INPUT_CHARS
                && root.path("response_format").asText().equals("pcm");
        if (!complete) {
            http.refuse(call, 400, "model, voice, input and response_format pcm are needed");
            return;
        }
        inputs.add(input);
        if (fault.orElse(null) instanceof Fault.GarbageAfter) {
            call.respond(200, "text/html", HttpProvider.GARBAGE);
            return;
        }
        short[] pcm = fault.orElse(null) instanceof Fault.Empty ? new short[0] : speaker.speak(input, SAMPLE_RATE_HZ);
        call.begin(200, "audio/pcm");
        http.writeInPieces(call, Pcm.pieces(pcm, SAMPLE_RATE_HZ), firstPiece, pace, fault);
    }

    @Override
    public void close() {
        http.close();
    }

    /** Settings of the server; {@code time}, {@code key} and {@code speaker} have no default. */
    public static final class Builder {

        private Duration firstPiece = Duration.ZERO;
        private Duration pace = Duration.ZERO;
        private @Nullable TimeSource time;
        private @Nullable Secret key;
        private @Nullable Speaker speaker;

        private Builder() {}

        /** The time that paces are measured in. */
        public Builder time(TimeSource value) {
            time = value;
            return this;
        }

        /** The key that clients must show. */
        public Builder key(Secret value) {
            key = value;
            return this;
        }

        public Builder speaker(Speaker value) {
            speaker = value;
            return this;
        }

        /** From the request to the first sound; at once when left out. */
        public Builder firstPiece(Duration value) {
            firstPiece = value;
            return this;
        }

        /** Between tenths of a second of sound; all at once when left out. */
        public Builder pace(Duration value) {
            pace = value;
            return this;
        }

        public SpeechServer start() {
            return new SpeechServer(this, require(time, "time"), require(key, "key"), require(speaker, "speaker"));
        }

        private static <T> T require(@Nullable T value, String field) {
            if (value == null) {
                throw new RevoxException("SpeechServer." + field + " is not set", false);
            }
            return value;
        }
    }
}
