package dev.revox.agent.stt.openai;

import dev.revox.agent.http.ProviderHttp;
import dev.revox.agent.stream.Delivery;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stt.SpeechToText;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
    public void speechEnded(int utterance) {
        short[] pcm = buffer.end();
        if (pcm.length == 0) {
            Thread unused =
                    Thread.ofVirtual().name("revox-stt").start(() -> delivery.pass(() -> sink.finished(utterance, "")));
            return;
        }
        Transcription transcription = new Transcription(settings.name(), time, new Transcription.End() {
            @Override
            public void text(Transcription from, String text) {
                underWay.remove(from);
                delivery.pass(() -> sink.finished(utterance, text));
            }

            @Override
            public void failed(Transcription from, ProviderException failure) {
                underWay.remove(from);
                if (failure.retryable()) {
                    delivery.pass(() -> sink.failed(failure));
                } else {
                    delivery.last(() -> sink.failed(failure));
                }
            }
        });
        underWay.add(transcription);
        transcription.start(http, settings.request(pcm, sampleRateHz), settings.answerWithin());
    }

    @Override
    public void close() {
        if (delivery.shut()) {
            List.copyOf(underWay).forEach(Transcription::cancel);
            underWay.clear();
        }
    }
}
