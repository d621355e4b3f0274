package dev.revox.agent.stt.openai;

import dev.revox.agent.http.ProviderHttp;
import dev.revox.agent.http.Refusals;
import dev.revox.agent.json.Json;
import dev.revox.agent.json.MalformedJsonException;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stream.ProviderException.Kind;
import dev.revox.agent.stream.Watchdog;
import dev.revox.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One utterance on its way through the recogniser. Ends exactly once, unless it is cancelled. */
final class Transcription implements ProviderHttp.Receiver {

    /** Where it ends. */
    interface End {
        void text(Transcription from, String text);

        void failed(Transcription from, ProviderException failure);
    }

    private static final int LARGEST_ANSWER_BYTES = 1 << 20;

    private final String provider;
    private final End end;
    private final Watchdog watchdog;
    private final AtomicBoolean over = new AtomicBoolean();
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private volatile ProviderHttp.@Nullable Exchange exchange;

    Transcription(String provider, TimeSource time, End end) {
        this.provider = provider;
        this.end = end;
        watchdog = new Watchdog(time, this::stalled);
    }

    void start(ProviderHttp http, HttpRequest request, Duration limit) {
        watchdog.expectWithin(limit);
        exchange = http.start(request, this, true);
        if (over.get()) {
            free();
        }
    }

    void cancel() {
        if (over.compareAndSet(false, true)) {
            free();
        }
    }

    private void stalled() {
        finish(Optional.empty(), new ProviderException(provider, Kind.STALL, "no words within the deadline"));
        free();
    }

    private void free() {
        watchdog.stop();
        ProviderHttp.@Nullable Exchange started = exchange;
        if (started != null) {
            started.cancel();
        }
    }

    private void finish(Optional<String> text, ProviderException otherwise) {
        if (over.compareAndSet(false, true)) {
            watchdog.stop();
            text.ifPresentOrElse(words -> end.text(this, words), () -> end.failed(this, otherwise));
        }
    }

    @Override
    public boolean head(int status, HttpHeaders headers) {
        if (status == 200) {
            return true;
        }
        finish(Optional.empty(), Refusals.ofStatus(provider, status, headers.firstValue("Retry-After")));
        return false;
    }

    @Override
    public void bytes(ByteBuffer more) {
        if (answer.size() + more.remaining() > LARGEST_ANSWER_BYTES) {
            finish(
                    Optional.empty(),
                    new ProviderException(provider, Kind.PROTOCOL, "the answer is larger than allowed"));
            free();
            return;
        }
        byte[] piece = new byte[more.remaining()];
        more.get(piece);
        answer.writeBytes(piece);
    }

    @Override
    public void end() {
        Optional<String> text;
        try {
            text = Json.read(answer.toString(StandardCharsets.UTF_8)).text("text");
        } catch (MalformedJsonException e) {
            text = Optional.empty();
        }
        finish(
                text.map(String::strip),
                new ProviderException(provider, Kind.PROTOCOL, "the answer is no JSON with a text in it"));
    }

    @Override
    public void broken(Throwable failure) {
        finish(Optional.empty(), Refusals.ofBreak(provider, failure));
    }
}
