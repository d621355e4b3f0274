package dev.revox.testkit.provider;

import dev.revox.RevoxException;
import dev.revox.secret.Secret;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.server.HttpCall;
import dev.revox.time.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A recogniser on 127.0.0.1 that speaks OpenAI's {@code audio/transcriptions} and understands what its {@link Recogniser}
 * does.
 *
 * <p>It refuses a wrong key with 401, and with 400 a form or a WAV file that is not exactly as it should be.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class TranscriptionServer implements AutoCloseable {

    private final Recogniser recogniser;
    private final Duration answerAfter;
    private final HttpProvider http;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    /** An utterance that was sent for recognition. */
    public record Heard(Map<String, String> fields, int samples, int sampleRateHz, String text) {}

    private TranscriptionServer(Builder builder, TimeSource time, Secret key, Recogniser recogniser) {
        this.recogniser = recogniser;
        answerAfter = builder.answerAfter;
        http = new HttpProvider("/v1/audio/transcriptions", key.reveal(), time, this::serve);
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

    /** What was recognised so far. */
    public List<Heard> heard() {
        return List.copyOf(heard);
    }

    public int openConnections() {
        return http.openConnections();
    }

    /** Answers that are neither complete nor given up by their clients. */
    public int answersUnderWay() {
        return http.underWay();
    }

    private void serve(HttpCall call, Optional<Fault> fault) {
        WavForm form;
        try {
            form = WavForm.read(call.header("Content-Type").orElse(""), call.body());
        } catch (WavForm.Refused e) {
            http.refuse(call, 400, String.valueOf(e.getMessage()));
            return;
        }
        String text =
                fault.orElse(null) instanceof Fault.Empty ? "" : recogniser.recognise(form.pcm(), form.sampleRateHz());
        heard.add(new Heard(form.fields(), form.pcm().length, form.sampleRateHz(), text));
        byte[] answer =
                http.json.createObjectNode().put("text", text).toString().getBytes(StandardCharsets.UTF_8);
        call.begin(200, "application/json");
        http.writeInPieces(call, List.of(answer), answerAfter, Duration.ZERO, fault);
    }

    @Override
    public void close() {
        http.close();
    }

    /** Settings of the server; {@code time}, {@code key} and {@code recogniser} have no default. */
    public static final class Builder {

        private Duration answerAfter = Duration.ZERO;
        private @Nullable TimeSource time;
        private @Nullable Secret key;
        private @Nullable Recogniser recogniser;

        private Builder() {}

        /** The time that delays are measured in. */
        public Builder time(TimeSource value) {
            time = value;
            return this;
        }

        /** The key that clients must show. */
        public Builder key(Secret value) {
            key = value;
            return this;
        }

        public Builder recogniser(Recogniser value) {
            recogniser = value;
            return this;
        }

        /** From the request to the words, on top of what recognising takes; nothing when left out. */
        public Builder answerAfter(Duration value) {
            answerAfter = value;
            return this;
        }

        public TranscriptionServer start() {
            return new TranscriptionServer(
                    this, require(time, "time"), require(key, "key"), require(recogniser, "recogniser"));
        }

        private static <T> T require(@Nullable T value, String field) {
            if (value == null) {
                throw new RevoxException("TranscriptionServer." + field + " is not set", false);
            }
            return value;
        }
    }
}
