package dev.revox.agent.stt.deepgram;

import dev.revox.agent.stream.Delivery;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stt.SpeechToText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call's stream. A socket that is lost takes the utterance under way with it; the next one gets a socket of its own, and the
 * sound from before its beginning.
 *
 * <p><b>Thread:</b> one caller at a time; news comes on other threads.
 */
final class DeepgramStream implements SpeechToText.Stream, DeepgramSocket.User {

    private static final int KEPT_SECONDS = 2;

    private final DeepgramTranscription provider;
    private final int sampleRateHz;
    private final SpeechToText.Sink sink;
    private final Delivery delivery = new Delivery();
    private final short[] recent;
    private long heardSamples;
    private @Nullable DeepgramSocket socket;

    DeepgramStream(
            DeepgramTranscription provider,
            int sampleRateHz,
            SpeechToText.Sink sink,
            Optional<DeepgramSocket> prepared) {
        this.provider = provider;
        this.sampleRateHz = sampleRateHz;
        this.sink = sink;
        recent = new short[sampleRateHz * KEPT_SECONDS];
        DeepgramSocket ready = prepared.orElse(null);
        if (ready == null || !attach(ready)) {
            connect();
        }
    }

    // The socket may fail before it is known here, so it is known before it is told whom to tell.
    private boolean attach(DeepgramSocket fresh) {
        synchronized (this) {
            socket = fresh;
        }
        return fresh.use(this);
    }

    private void connect() {
        DeepgramSocket fresh = provider.connect(sampleRateHz);
        if (!attach(fresh)) {
            failed(
                    fresh,
                    new ProviderException(provider.name(), ProviderException.Kind.CONNECTION, "lost at once"),
                    true);
        }
    }

    private synchronized @Nullable DeepgramSocket socket() {
        return socket;
    }

    @Override
    public void audio(short[] pcm, int offset, int samples) {
        for (int i = Math.max(0, samples - recent.length); i < samples; i++) {
            recent[(int) ((heardSamples + i) % recent.length)] = pcm[offset + i];
        }
        heardSamples += samples;
        DeepgramSocket to = socket();
        if (to != null) {
            to.audio(pcm, offset, samples);
        }
    }

    @Override
    public void speechStarted(long leadSamples) {
        if (socket() == null && delivery.isOpen()) {
            connect();
            sendRecent((int) Math.min(leadSamples, Math.min(heardSamples, recent.length)));
        }
        DeepgramSocket to = socket();
        if (to != null) {
            to.speechStarted(leadSamples);
        }
    }

    private void sendRecent(int samples) {
        short[] lead = new short[samples];
        for (int i = 0; i < samples; i++) {
            lead[i] = recent[(int) ((heardSamples - samples + i) % recent.length)];
        }
        DeepgramSocket to = socket();
        if (to != null) {
            to.audio(lead, 0, samples);
        }
    }

    @Override
    public void speechPaused(int pause, boolean confirmed) {
        DeepgramSocket to = socket();
        if (to != null) {
            to.speechPaused(pause);
        }
    }

    @Override
    public void speechResumed() {
        DeepgramSocket to = socket();
        if (to != null) {
            to.speechResumed();
        }
    }

    @Override
    public void speechEnded(int utterance) {
        DeepgramSocket to = socket();
        if (to != null) {
            to.speechEnded(utterance);
        }
    }

    @Override
    public void close() {
        boolean unused = delivery.shut();
        DeepgramSocket last;
        synchronized (this) {
            last = socket;
            socket = null;
        }
        if (last != null) {
            last.close();
        }
    }

    @Override
    public void interim(String text) {
        delivery.pass(() -> sink.interim(text));
    }

    @Override
    public void soFar(int pause, String text) {
        delivery.pass(() -> sink.soFar(pause, text));
    }

    @Override
    public void finished(int utterance, String text) {
        delivery.pass(() -> sink.finished(utterance, text));
    }

    @Override
    public void failed(DeepgramSocket from, ProviderException failure, boolean letIn) {
        synchronized (this) {
            if (socket == from) {
                socket = null;
            }
        }
        // Who is not even let in need not knock again at every word.
        if (letIn && failure.retryable()) {
            delivery.pass(() -> sink.failed(failure));
        } else {
            delivery.last(() -> sink.failed(failure));
        }
    }
}
