package dev.revox.testkit.phone.rtp;

import dev.revox.testkit.voice.Sound;
import java.util.Arrays;

/**
 * Everything that went one way over the wire, each packet at the place its timestamp gives it; holes are silence.
 *
 * <p><b>Thread:</b> Confined to its owner's lock.
 */
final class WireTrack {

    private static final int RATE_HZ = 8000;
    private static final int LONGEST_SAMPLES = 15 * 60 * RATE_HZ;
    private static final int LONGEST_JUMP_SAMPLES = 10 * RATE_HZ;

    private short[] samples = new short[10 * RATE_HZ];
    private int end;
    private int[] places = new int[500];
    private long[] nanos = new long[500];
    private int packets;
    private boolean begun;
    private int source;
    private int originTimestamp;

    private long received;
    private int firstSequence;
    private int highestSequence;
    private long lostBefore;
    private long receivedOfSource;

    void add(int ssrc, int sequence, int timestamp, short[] pcm, long nowNanos) {
        if (!begun || ssrc != source) {
            lostBefore = lost();
            begun = true;
            source = ssrc;
            originTimestamp = timestamp - end;
            firstSequence = sequence;
            highestSequence = sequence;
            receivedOfSource = 0;
        }
        received++;
        receivedOfSource++;
        // The 16 bit difference says which of two numbers is later, also across a wrap (RFC 1982).
        int ahead = (short) (sequence - highestSequence);
        highestSequence += Math.max(0, ahead);
        int place = timestamp - originTimestamp;
        if (Math.abs((long) place - end) > LONGEST_JUMP_SAMPLES) {
            originTimestamp = timestamp - end;
            place = end;
        }
        if (place < 0 || place + pcm.length > LONGEST_SAMPLES) {
            return;
        }
        if (place + pcm.length > samples.length) {
            samples = Arrays.copyOf(samples, Math.max(place + pcm.length, samples.length * 2));
        }
        System.arraycopy(pcm, 0, samples, place, pcm.length);
        end = Math.max(end, place + pcm.length);
        note(place, nowNanos);
    }

    private void note(int place, long nowNanos) {
        if (packets == places.length) {
            places = Arrays.copyOf(places, 2 * packets);
            nanos = Arrays.copyOf(nanos, 2 * packets);
        }
        places[packets] = place;
        nanos[packets++] = nowNanos;
    }

    /** Where the next packet in order goes. */
    int end() {
        return end;
    }

    long received() {
        return received;
    }

    long lost() {
        if (!begun) {
            return 0;
        }
        long expected = highestSequence - firstSequence + 1L;
        return lostBefore + Math.max(0, expected - receivedOfSource);
    }

    Sound sound() {
        return new Sound(Arrays.copyOf(samples, end), RATE_HZ);
    }

    WireSound onWire() {
        return new WireSound(sound(), Arrays.copyOf(places, packets), Arrays.copyOf(nanos, packets));
    }
}
