package dev.revox.audio.jitter;

import java.util.Arrays;

/**
 * The packets that wait in an {@link EarBuffer}: places for {@value #SIZE} sequence numbers in a row, and one more for a
 * packet beyond them.
 *
 * <p><b>Thread:</b> Confined to the media loop. Allocates nothing after construction.
 */
final class PacketWindow {

    /** A power of two, so that a number keeps its place when the sequence numbers wrap. */
    static final int SIZE = 64;

    /** The place of the packet that fits no other. */
    static final int BEYOND = SIZE;

    /** Holds the longest Opus frame, and 120 ms of G.711. */
    static final int MAX_PAYLOAD_BYTES = 1280;

    private static final byte FREE = 0;
    private static final byte AUDIO = 1;
    private static final byte SILENT = 2;

    private final byte[] payloads = new byte[(SIZE + 1) * MAX_PAYLOAD_BYTES];
    private final byte[] kinds = new byte[SIZE + 1];
    private final int[] lengths = new int[SIZE + 1];
    private final int[] payloadTypes = new int[SIZE + 1];
    private final int[] timestamps = new int[SIZE + 1];
    private final int[] ticks = new int[SIZE + 1];
    private final long[] arrivals = new long[SIZE + 1];

    /** Packets in the window, not counting the one beyond. */
    private int held;

    static int place(long sequence) {
        return (int) (sequence & (SIZE - 1));
    }

    void putAudio(
            int place,
            byte[] payload,
            int offset,
            int length,
            int payloadType,
            int timestamp,
            int packetTicks,
            long nowNanos) {
        System.arraycopy(payload, offset, payloads, offset(place), length);
        lengths[place] = length;
        payloadTypes[place] = payloadType;
        timestamps[place] = timestamp;
        ticks[place] = packetTicks;
        put(place, AUDIO, nowNanos);
    }

    void putSilent(int place, long nowNanos) {
        put(place, SILENT, nowNanos);
    }

    private void put(int place, byte kind, long nowNanos) {
        kinds[place] = kind;
        arrivals[place] = nowNanos;
        if (place != BEYOND) {
            held++;
        }
    }

    /** The bytes stay readable until the place is taken again. */
    void release(int place) {
        kinds[place] = FREE;
        if (place != BEYOND) {
            held--;
        }
    }

    /** Moves the packet beyond the window to a place in it. */
    void adopt(int place) {
        System.arraycopy(payloads, offset(BEYOND), payloads, offset(place), lengths[BEYOND]);
        lengths[place] = lengths[BEYOND];
        payloadTypes[place] = payloadTypes[BEYOND];
        timestamps[place] = timestamps[BEYOND];
        ticks[place] = ticks[BEYOND];
        put(place, kinds[BEYOND], arrivals[BEYOND]);
        release(BEYOND);
    }

    void clear() {
        Arrays.fill(kinds, FREE);
        held = 0;
    }

    int held() {
        return held;
    }

    boolean isFree(int place) {
        return kinds[place] == FREE;
    }

    boolean isAudio(int place) {
        return kinds[place] == AUDIO;
    }

    boolean isSilent(int place) {
        return kinds[place] == SILENT;
    }

    /** When the first of the held packets with these numbers came in; {@code otherwise} when there is none. */
    long earliestArrival(long fromSequence, long toSequence, long otherwise) {
        long earliest = otherwise;
        boolean any = false;
        for (long sequence = fromSequence; sequence <= toSequence && sequence < fromSequence + SIZE; sequence++) {
            int place = place(sequence);
            if (kinds[place] != FREE && (!any || arrivals[place] - earliest < 0)) {
                earliest = arrivals[place];
                any = true;
            }
        }
        return earliest;
    }

    byte[] payloads() {
        return payloads;
    }

    int offset(int place) {
        return place * MAX_PAYLOAD_BYTES;
    }

    int length(int place) {
        return lengths[place];
    }

    int payloadType(int place) {
        return payloadTypes[place];
    }

    int timestamp(int place) {
        return timestamps[place];
    }

    int ticks(int place) {
        return ticks[place];
    }

    long arrivalNanos(int place) {
        return arrivals[place];
    }
}
