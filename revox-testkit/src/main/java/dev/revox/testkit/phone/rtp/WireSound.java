package dev.revox.testkit.phone.rtp;

import dev.revox.testkit.voice.Sound;

/**
 * One direction of a call as it was on the wire: the sound by RTP time, and when each packet of it left or came.
 *
 * <p><b>Thread:</b> Immutable by convention. <b>Units:</b> places are samples of the sound; times are nanoseconds of the telephone's
 * time source.
 *
 * @param places where each packet begins, in the order in which they passed
 * @param nanos when each of them passed
 */
@SuppressWarnings("ArrayRecordComponent") // a value that is only read, never compared
public record WireSound(Sound sound, int[] places, long[] nanos) {

    /**
     * When the packet passed that holds a sample.
     *
     * @throws IllegalArgumentException when no packet does
     */
    public long nanosAt(int sample) {
        int best = -1;
        for (int i = 0; i < places.length; i++) {
            if (places[i] <= sample && (best < 0 || places[i] >= places[best])) {
                best = i;
            }
        }
        if (best < 0) {
            throw new IllegalArgumentException("no packet holds sample " + sample);
        }
        return nanos[best];
    }

    /** The first sample of the first packet that passed at that time or later; the end of the sound when none did. */
    public int placeFrom(long momentNanos) {
        for (int i = 0; i < places.length; i++) {
            if (nanos[i] - momentNanos >= 0) {
                return places[i];
            }
        }
        return sound.pcm().length;
    }

    @Override
    public String toString() {
        return "WireSound[" + places.length + " packets]";
    }
}
