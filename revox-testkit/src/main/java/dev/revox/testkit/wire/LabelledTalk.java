package dev.revox.testkit.wire;

import dev.revox.testkit.phone.PhoneCall;
import dev.revox.testkit.phone.rtp.SpokenUtterance;
import dev.revox.testkit.provider.Recogniser;
import dev.revox.testkit.voice.Clip;
import dev.revox.testkit.voice.Sound;
import dev.revox.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A person at a test telephone whose every word is known, and the recogniser that understands them without a mistake: it gives the
 * words that end within the sound that it was asked about.
 *
 * <p>Which of the telephone's samples those are it knows from the shortest delay that it has seen so far between a sample's packet and
 * the question.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class LabelledTalk implements Recogniser {

    private static final long RATE_HZ = 8000;
    private static final int PACKET_SAMPLES = 160;

    private final TimeSource time;
    private final Map<Sound, Clip> labels = new ConcurrentHashMap<>();
    private long delaySamples = Long.MAX_VALUE;
    private volatile @Nullable PhoneCall call;

    public LabelledTalk(TimeSource time) {
        this.time = time;
    }

    /** From now on this call is spoken into. */
    public void on(PhoneCall phoneCall) {
        call = phoneCall;
    }

    /** Says a clip. The future tells when its last packet has left. */
    public CompletableFuture<Boolean> say(Clip clip) {
        PhoneCall up = call;
        if (up == null) {
            throw new IllegalStateException("there is no call to speak into");
        }
        labels.put(clip.sound(), clip);
        return up.say(clip.sound());
    }

    @Override
    public String recognise(short[] pcm, int sampleRateHz) {
        throw new UnsupportedOperationException("the place of the sound in its stream is needed");
    }

    @Override
    public String recogniseFrom(long startSample, short[] pcm, int sampleRateHz) {
        PhoneCall up = call;
        List<SpokenUtterance> spoken = up == null ? List.of() : up.spoken();
        if (spoken.isEmpty()) {
            return "";
        }
        long start = startSample * RATE_HZ / sampleRateHz;
        long end = (startSample + pcm.length) * RATE_HZ / sampleRateHz;
        SpokenUtterance latest = spoken.getLast();
        long sinceNanos = time.nanoTime() - latest.firstPacketNanos();
        long onWire = latest.startSample() + PACKET_SAMPLES + sinceNanos * RATE_HZ / 1_000_000_000L;
        long ahead = shortestDelay(onWire - end);
        StringJoiner text = new StringJoiner(" ");
        for (SpokenUtterance one : spoken) {
            Clip clip = labels.get(one.utterance().sound());
            for (Clip.Word word : clip == null ? List.<Clip.Word>of() : clip.words()) {
                long place = one.startSample() + (long) word.endMs() * RATE_HZ / 1000;
                if (place > start + ahead && place <= end + ahead) {
                    text.add(word.text());
                }
            }
        }
        return text.toString();
    }

    private synchronized long shortestDelay(long samples) {
        delaySamples = Math.min(delaySamples, samples);
        return delaySamples;
    }
}
