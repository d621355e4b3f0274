package dev.revox.agent.speech;

import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.TextToSpeech.WordTiming;
import dev.revox.audio.ring.SpeechQueue;
import dev.revox.conversation.AgentSignal;
import dev.revox.media.MediaFormat;
import dev.revox.time.TimeSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where one clause's sound arrives: it goes to the mouth's queue on the provider's own thread; only news of it goes to the
 * mailbox.
 *
 * <p><b>Thread:</b> Thread-safe. The lock is between a provider and the call thread; the media loop never takes it.
 */
final class ClauseSink implements TextToSpeech.Sink {

    /** More sound than this for one clause is a provider out of control. */
    private static final long LONGEST_MICROS = 60_000_000;

    private final long segmentId;
    private final String provider;
    private final MediaFormat format;
    private final SpeechQueue queue;
    private final Consumer<AgentSignal> mailbox;
    private final TimeSource time;
    private long lastSoundNanos = -1;
    private boolean shut;

    ClauseSink(
            long segmentId,
            String provider,
            MediaFormat format,
            SpeechQueue queue,
            Consumer<AgentSignal> mailbox,
            TimeSource time) {
        this.segmentId = segmentId;
        this.provider = provider;
        this.format = format;
        this.queue = queue;
        this.mailbox = mailbox;
        this.time = time;
    }

    @Override
    public synchronized void audio(short[] pcm, int offset, int samples) {
        if (shut || samples <= 0) {
            return;
        }
        if (madeMicros() > LONGEST_MICROS) {
            failed(new ProviderException(
                    provider, ProviderException.Kind.PROTOCOL, "sound without end for one clause"));
            return;
        }
        long nowNanos = time.nanoTime();
        queue.write(pcm, offset, samples);
        if (lastSoundNanos < 0) {
            mailbox.accept(new SpeechSignal.FirstSound(segmentId, nowNanos));
        }
        lastSoundNanos = nowNanos;
    }

    @Override
    public synchronized void words(List<WordTiming> timings) {
        if (!shut) {
            mailbox.accept(new SpeechSignal.Words(segmentId, timings));
        }
    }

    @Override
    public synchronized void done() {
        if (shut) {
            return;
        }
        if (queue.writtenSamples() == 0) {
            failed(new ProviderException(provider, ProviderException.Kind.PROTOCOL, "finished without any sound"));
            return;
        }
        shut();
        mailbox.accept(new SpeechSignal.Made(segmentId));
    }

    @Override
    public synchronized void failed(ProviderException failure) {
        if (!shut) {
            shut();
            mailbox.accept(new SpeechSignal.Failed(segmentId, failure));
        }
    }

    /** Nothing more goes to the mouth. */
    synchronized void shut() {
        shut = true;
        queue.finish();
    }

    /** When the last sound came, or -1. */
    synchronized long lastSoundNanos() {
        return lastSoundNanos;
    }

    long madeMicros() {
        return format.microsOf(queue.writtenSamples());
    }

    long unplayedMicros() {
        return format.microsOf(queue.unreadSamples());
    }
}
