package dev.revox.audio.ear;

import dev.revox.audio.codec.noise.ComfortNoise;
import dev.revox.audio.jitter.SerialArithmetic;

/**
 * What stands for the silence that a peer describes instead of sending it: noise, made while time passes.
 *
 * <p>It stays {@value #BEHIND_MS} ms behind the moment at which the next packet would be due, so that a packet that comes sooner
 * than the last one finds its place still free; the rest up to that packet is filled when it is there.
 *
 * <p><b>Thread:</b> Confined to the media loop. Allocates nothing after construction. <b>Spec:</b> RFC 3389.
 */
public final class NoiseFill {

    /** So far behind the present: {@value} ms. */
    static final int BEHIND_MS = 100;

    /** Noise is made in pieces of {@value} ms. */
    public static final int PIECE_MS = 20;

    /** More than this before a packet is a gap that nothing described. */
    private static final int MOST_MS = 500;

    private static final int NARROW_HZ = 8000;

    private final ComfortNoise noise = new ComfortNoise();
    private final int rateHz;
    private final short[] pcm;
    private boolean running;
    private int since;
    private long heardAtNanos;
    private long filled;

    public NoiseFill(int rateHz) {
        this.rateHz = rateHz;
        pcm = new short[rateHz / 1000 * PIECE_MS];
    }

    /**
     * Takes a comfort noise payload; from its timestamp on there is noise. An empty one says nothing.
     *
     * <p>Its spectrum is that of a line at 8 kHz; at another rate only its level is used.
     */
    public void describe(int timestamp, byte[] payload, int offset, int length) {
        if (noise.describe(payload, offset, rateHz == NARROW_HZ ? length : Math.min(1, length))) {
            running = true;
            since = timestamp;
        }
    }

    /** Real sound was heard, up to now. */
    public void heard(long arrivalNanos) {
        heardAtNanos = arrivalNanos;
        filled = 0;
    }

    /** True while silence is described. */
    public boolean running() {
        return running;
    }

    /** Ends the noise when this packet of sound follows the description. @return true when it did */
    public boolean ends(int timestamp) {
        boolean over = running && SerialArithmetic.distance32(since, timestamp) >= 0;
        running &= !over;
        return over;
    }

    /** Ends the noise, whatever comes. */
    public void stop() {
        running = false;
    }

    /** Whether a piece should be made now. */
    public boolean due(long nowNanos) {
        long passed = SampleClock.samplesBetween(heardAtNanos, nowNanos, rateHz);
        return running && passed - filled >= pcm.length + (long) rateHz / 1000 * BEHIND_MS;
    }

    /** How much of a stretch before a packet is to be noise: all of it, or nothing where it is too long to have been described. */
    public long fillable(long samples) {
        return samples <= (long) rateHz / 1000 * MOST_MS ? Math.max(0, samples) : 0;
    }

    /** Makes noise into {@link #pcm()}, at most a piece. @return samples made */
    public int make(long samples) {
        int made = (int) Math.min(samples, pcm.length);
        noise.fill(pcm, 0, made);
        filled += made;
        return made;
    }

    public short[] pcm() {
        return pcm;
    }
}
