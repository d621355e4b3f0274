package dev.revox.testkit.echo;

import dev.revox.audio.codec.Codecs;
import dev.revox.audio.codec.FrameDecoder;
import dev.revox.audio.codec.FrameEncoder;
import dev.revox.audio.loop.FrameTransport;
import dev.revox.testkit.voice.Sound;
import java.util.Arrays;

/**
 * A wire of G.711 to a telephone in memory that sends back what it hears, weaker and later, and at which somebody may speak. It sends a
 * packet every 20 ms.
 *
 * <p><b>Thread:</b> Confined to the test's thread.
 */
final class EchoingWire implements FrameTransport {

    private static final int FRAME = 160;
    private static final long FRAME_NANOS = 20_000_000L;

    private final FrameEncoder encoder = Codecs.encoder("PCMU");
    private final FrameDecoder decoder = Codecs.decoder("PCMU");
    private final double gain;
    private final int delaySamples;
    private final byte[] payload = new byte[FRAME];
    private short[] heard = new short[0];
    private int heardSamples;
    private short[] said = new short[0];
    private int saidFrom;
    private int sentFrames;
    private long nextNanos = Long.MIN_VALUE;

    EchoingWire(double returnLossDb, int delayMs) {
        gain = Math.pow(10, -returnLossDb / 20);
        delaySamples = delayMs * 8;
    }

    /** Says something from now on. */
    void say(Sound sound) {
        said = sound.at(8000).pcm();
        saidFrom = sentFrames * FRAME;
    }

    /** Whether what was to be said is not over yet. */
    boolean speaking() {
        return sentFrames * FRAME < saidFrom + said.length;
    }

    @Override
    public void poll(long nowNanos, Inlet inlet) {
        nextNanos = nextNanos == Long.MIN_VALUE ? nowNanos : nextNanos;
        while (nowNanos >= nextNanos) {
            nextNanos += FRAME_NANOS;
            short[] pcm = new short[FRAME];
            for (int i = 0; i < FRAME; i++) {
                int place = sentFrames * FRAME + i;
                int source = place - delaySamples;
                double value = source >= 0 && source < heardSamples ? gain * heard[source] : 0;
                int word = place - saidFrom;
                value += word < said.length ? said[word] : 0;
                pcm[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
            }
            int bytes = encoder.encode(pcm, 0, FRAME, payload, 0);
            inlet.onFrame(1, sentFrames & 0xFFFF, (long) sentFrames * FRAME, payload, 0, bytes, nowNanos);
            sentFrames++;
        }
    }

    @Override
    public boolean takesVoice() {
        return true;
    }

    @Override
    public void send(byte[] encoded, int offset, int length, long nowNanos) {
        if (heardSamples + FRAME > heard.length) {
            heard = Arrays.copyOf(heard, heard.length + 8000 * 10);
        }
        heardSamples += decoder.decode(encoded, offset, length, heard, heardSamples);
    }

    @Override
    public void pass(int frames, long nowNanos) {
        heard = Arrays.copyOf(heard, heard.length + frames * FRAME);
        heardSamples += frames * FRAME;
    }
}
