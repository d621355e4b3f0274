package dev.revox.agent.stt.openai;

/**
 * The last seconds of what was heard, and all of the utterance under way: a ring that grows while someone speaks.
 *
 * <p>An utterance begins somewhat before our ear noticed it, so there is always some sound kept from before. One that is longer
 * than the ring may grow loses its beginning: what was said last is what is answered.
 *
 * <p><b>Thread:</b> one caller at a time. <b>Units:</b> positions are samples since the stream was opened.
 */
final class UtteranceBuffer {

    private final int keptSamples;
    private final int longestSamples;
    private short[] ring;
    private long written;
    private long start = -1;

    UtteranceBuffer(int keptSamples, int longestSamples) {
        this.keptSamples = keptSamples;
        this.longestSamples = longestSamples;
        ring = new short[keptSamples];
    }

    void add(short[] pcm, int offset, int samples) {
        int skipped = Math.max(0, samples - longestSamples);
        written += skipped;
        makeRoom(samples - skipped);
        for (int i = skipped; i < samples; i++) {
            ring[(int) (written++ % ring.length)] = pcm[offset + i];
        }
    }

    private void makeRoom(int samples) {
        long needed = written - start + samples;
        if (start < 0 || needed <= ring.length || ring.length == longestSamples) {
            return;
        }
        int size = (int) Math.min(longestSamples, Math.max(needed, 2L * ring.length));
        short[] larger = new short[size];
        for (long at = Math.max(0, written - ring.length); at < written; at++) {
            larger[(int) (at % size)] = ring[(int) (at % ring.length)];
        }
        ring = larger;
    }

    /** An utterance began this long ago; ignored when one is under way. */
    void begin(long samplesAgo) {
        if (start < 0) {
            start = Math.max(0, written - Math.min(samplesAgo, ring.length));
        }
    }

    /** Ends the utterance and gives its sound; empty when none had begun. */
    short[] end() {
        short[] utterance = soFar();
        start = -1;
        if (ring.length > keptSamples) {
            shrink();
        }
        return utterance;
    }

    /** The sound of the utterance under way; empty when there is none. */
    short[] soFar() {
        if (start < 0) {
            return new short[0];
        }
        long from = Math.max(start, written - ring.length);
        short[] utterance = new short[(int) (written - from)];
        for (int i = 0; i < utterance.length; i++) {
            utterance[i] = ring[(int) ((from + i) % ring.length)];
        }
        return utterance;
    }

    private void shrink() {
        short[] smaller = new short[keptSamples];
        for (long at = Math.max(0, written - keptSamples); at < written; at++) {
            smaller[(int) (at % keptSamples)] = ring[(int) (at % ring.length)];
        }
        ring = smaller;
    }
}
