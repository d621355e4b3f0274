package dev.revox.agent.stt.deepgram;

import dev.revox.agent.stt.SpeechToText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A socket that is open before its call is up. One that is lost or was opened for another rate is replaced by the stream.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class DeepgramPreparation implements SpeechToText.Preparation {

    private final DeepgramTranscription provider;
    private final int sampleRateHz;
    private @Nullable DeepgramSocket ready;

    DeepgramPreparation(DeepgramTranscription provider, int sampleRateHz) {
        this.provider = provider;
        this.sampleRateHz = sampleRateHz;
        ready = provider.connect(sampleRateHz);
    }

    @Override
    public SpeechToText.Stream open(int wantedHz, SpeechToText.Sink sink) {
        Optional<DeepgramSocket> socket = take();
        if (wantedHz != sampleRateHz) {
            socket.ifPresent(DeepgramSocket::close);
            socket = Optional.empty();
        }
        return new DeepgramStream(provider, wantedHz, sink, socket);
    }

    @Override
    public void cancel() {
        take().ifPresent(DeepgramSocket::close);
    }

    private synchronized Optional<DeepgramSocket> take() {
        Optional<DeepgramSocket> taken = Optional.ofNullable(ready);
        ready = null;
        return taken;
    }
}
