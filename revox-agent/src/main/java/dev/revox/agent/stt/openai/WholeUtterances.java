package dev.revox.agent.stt.openai;

import dev.revox.agent.http.ProviderHttp;
import dev.revox.agent.stream.Delivery;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stt.SpeechToText;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call's stream: sound is collected, and each utterance is sent when it has ended. */
final class WholeUtterances implements SpeechToText.Stream {

    private static final Duration PRE_ROLL = Duration.ofMillis(300);
    private static final Duration LONGEST_LEAD = Duration.ofMillis(1700);

    private final OpenAiTranscription settings;
    private final ProviderHttp http;
    private final TimeSource time;
    private final int sampleRateHz;
    private final SpeechToText.Sink sink;
    private final Delivery delivery = new Delivery();
    private final Set<Transcription> underWay = ConcurrentHashMap.newKeySet();
    private final UtteranceBuffer buffer;
    private @Nullable AtPause atPause;

    /** What was asked at a pause of the utterance under way. */
    private record AtPause(Transcription transcription, CompletableFuture<String> words) {}

    WholeUtterances(
            OpenAiTranscription settings,
            ProviderHttp http,
            TimeSource time,
            int sampleRateHz,
            SpeechToText.Sink sink) {
        this.settings = settings;
        this.http = http;
        this.time = time;
        this.sampleRateHz = sampleRateHz;
        this.sink = sink;
        buffer = new UtteranceBuffer(samples(PRE_ROLL.plus(LONGEST_LEAD)), samples(settings.longestUtterance()));
    }

    private int samples(Duration length) {
        return (int) (length.toMillis() * sampleRateHz / 1000);
    }

    @Override
    public void audio(short[] pcm, int offset, int samples) {
        buffer.add(pcm, offset, samples);
    }

    @Override
    public void speechStarted(long leadSamples) {
        buffer.begin(leadSamples + samples(PRE_ROLL));
    }

    @Override
    public void speechPaused(int pause, boolean confirmed) {
        // Each asking costs a transcription of the utterance, so a mere fall of the sound is not worth it.
        if (!confirmed || atPause != null) {
            return;
        }
        short[] pcm = buffer.soFar();
        if (pcm.length > 0) {
            CompletableFuture<String> words = new CompletableFuture<>();
            Transcription asked = ask(pcm, words::complete, words::completeExceptionally);
            atPause = new AtPause(asked, words);
            var unused = words.thenAccept(text -> delivery.pass(() -> sink.soFar(pause, text)));
        }
    }

    @Override
    public void speechResumed() {
        AtPause asked = atPause;
        atPause = null;
        if (asked != null) {
            underWay.remove(asked.transcription());
            asked.transcription().cancel();
        }
    }

    @Override
    public void speechEnded(int utterance) {
        short[] pcm = buffer.end();
        AtPause asked = atPause;
        atPause = null;
        if (pcm.length == 0) {
            Thread unused =
                    Thread.ofVirtual().name("revox-stt").start(() -> delivery.pass(() -> sink.finished(utterance, "")));
        } else if (asked == null) {
            askAll(utterance, pcm);
        } else {
            // Nothing but silence has come since the pause.
            var unused = asked.words().whenComplete((text, failure) -> {
                if (failure == null) {
                    delivery.pass(() -> sink.finished(utterance, text));
                } else {
                    askAll(utterance, pcm);
                }
            });
        }
    }

    private void askAll(int utterance, short[] pcm) {
        var unused = ask(pcm, text -> delivery.pass(() -> sink.finished(utterance, text)), failure -> {
            if (failure.retryable()) {
                delivery.pass(() -> sink.failed(failure));
            } else {
                delivery.last(() -> sink.failed(failure));
            }
        });
    }

    private Transcription ask(short[] pcm, Consumer<String> words, Consumer<ProviderException> failed) {
        Transcription transcription = new Transcription(settings.name(), time, new Transcription.End() {
            @Override
            public void text(Transcription from, String text) {
                underWay.remove(from);
                words.accept(text);
            }

            @Override
            public void failed(Transcription from, ProviderException failure) {
                underWay.remove(from);
                failed.accept(failure);
            }
        });
        underWay.add(transcription);
        transcription.start(http, settings.request(pcm, sampleRateHz), settings.answerWithin());
        return transcription;
    }

    @Override
    public void close() {
        if (delivery.shut()) {
            List.copyOf(underWay).forEach(Transcription::cancel);
            underWay.clear();
        }
    }
}
