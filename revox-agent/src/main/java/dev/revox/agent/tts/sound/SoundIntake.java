package dev.revox.agent.tts.sound;

import dev.revox.agent.socket.LostSocket;
import dev.revox.agent.socket.SocketEnd;
import dev.revox.agent.stream.Delivery;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stream.ProviderException.Kind;
import dev.revox.agent.stream.Watchdog;
import dev.revox.agent.tts.TextToSpeech;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * The receiving half of an utterance over a WebSocket: samples out of base64, deadlines, and the one end.
 *
 * <p>While the provider may still wait for more text its silence means nothing, once it has begun; after the last text every
 * gap counts.
 *
 * <p><b>Thread:</b> Thread-safe; sound comes from one thread at a time.
 */
public final class SoundIntake {

    private final SocketVoice.Settings settings;
    private final TextToSpeech.Sink sink;
    private final Runnable free;
    private final Delivery delivery = new Delivery();
    private final Watchdog watchdog;
    private final PcmDecoder decoder = new PcmDecoder();

    private long heardSamples;
    private boolean asked;
    private boolean allAsked;
    private boolean wanted = true;

    /** @param free frees the connection after a failure; must not block */
    public SoundIntake(SocketVoice.Settings settings, TextToSpeech.Sink sink, Runnable free) {
        this.settings = settings;
        this.sink = sink;
        this.free = free;
        watchdog = new Watchdog(settings.provider().time(), () -> fail(Kind.STALL, "the voice went silent"));
    }

    /** Text has been sent. */
    public synchronized void asked() {
        if (!asked) {
            asked = true;
            expect();
        }
    }

    /** All text has been sent. */
    public synchronized void allAsked() {
        allAsked = true;
        expect();
    }

    private void expect() {
        if (!wanted || !asked) {
            watchdog.rest();
        } else if (heardSamples == 0) {
            watchdog.expectWithin(settings.deadlines().firstSound());
        } else if (allAsked) {
            watchdog.expectWithin(settings.deadlines().nextSound());
        } else {
            watchdog.rest();
        }
    }

    public synchronized void demand(boolean more) {
        wanted = more;
        expect();
    }

    /** Some more sound. */
    public void sound(String base64) {
        int samples;
        try {
            samples = decoder.decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException e) {
            samples = -1;
        }
        if (samples < 0) {
            fail(Kind.PROTOCOL, "what it calls sound is not raw samples");
            return;
        }
        if (samples == 0) {
            return;
        }
        synchronized (this) {
            heardSamples += samples;
            expect();
        }
        int count = samples;
        delivery.pass(() -> sink.audio(decoder.samples(), 0, count));
    }

    public void words(List<TextToSpeech.WordTiming> timings) {
        if (!timings.isEmpty()) {
            delivery.pass(() -> sink.words(timings));
        }
    }

    /** How much has been heard. */
    public synchronized Duration heard() {
        return Duration.ofNanos(heardSamples * 1_000_000_000L / settings.sampleRateHz());
    }

    /** The provider has finished what it was asked. */
    public void finished() {
        if (asked && heard().isZero()) {
            fail(Kind.PROTOCOL, "the answer holds no sound");
        } else {
            done();
        }
    }

    /** The utterance is over, whatever the provider thinks. */
    public void done() {
        watchdog.stop();
        delivery.last(sink::done);
    }

    /** Something came that is not the provider's protocol. */
    public void garbled() {
        fail(Kind.PROTOCOL, "a message that cannot be understood");
    }

    /** The socket has ended before the utterance. */
    public void lost(SocketEnd end) {
        fail(LostSocket.explain(settings.provider().name(), end));
    }

    private void fail(Kind kind, String what) {
        fail(new ProviderException(settings.provider().name(), kind, what));
    }

    public void fail(ProviderException failure) {
        watchdog.stop();
        delivery.last(() -> sink.failed(failure));
        free.run();
    }

    /** Lets nothing more through. True when the utterance was not over yet. */
    public boolean cancel() {
        watchdog.stop();
        return delivery.shut();
    }

    public boolean isOver() {
        return !delivery.isOpen();
    }
}
