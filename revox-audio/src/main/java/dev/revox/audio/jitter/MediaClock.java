package dev.revox.audio.jitter;

/**
 * The time of one side's sound: RTP timestamps, made continuous over wraps, jumps and changes of the sender.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Units:</b> RTP ticks.
 */
final class MediaClock {

    /** Jumps beyond this are believed only if the arrival times agree. */
    static final int RESYNC_SECONDS = 3;

    /** How far arrival times may be off and still agree. */
    private static final int AGREEMENT_DIVISOR = 2;

    /** Delay of arrival below this is the network's doing and not silence. */
    private static final int JITTER_DIVISOR = 10;

    private final int rateHz;
    private boolean running;
    private boolean everRan;
    private boolean jumped;
    private int timestampEnd;
    private long lastArrivalNanos;
    private int lastTicks;
    private long now;

    MediaClock(int rateHz) {
        this.rateHz = rateHz;
    }

    /** The next packet's timestamp has nothing to do with those before. */
    void restart() {
        running = false;
    }

    /** Ticks without sound between the last packet and this one, never negative. Also decides {@link #jumped()}. */
    long missingBefore(int timestamp, long arrivalNanos) {
        jumped = false;
        if (!running) {
            return everRan ? silenceByArrival(arrivalNanos) : 0;
        }
        long ahead = SerialArithmetic.distance32(timestampEnd, timestamp);
        if (Math.abs(ahead) <= (long) rateHz * RESYNC_SECONDS) {
            return Math.max(0, ahead);
        }
        long byArrival = silenceByArrival(arrivalNanos);
        if (Math.abs(ahead - byArrival) <= rateHz / AGREEMENT_DIVISOR) {
            return Math.max(0, ahead);
        }
        jumped = true;
        return byArrival;
    }

    boolean jumped() {
        return jumped;
    }

    /** Where a packet of this timestamp belongs, which may be before now. */
    long placeOf(int timestamp) {
        return now + SerialArithmetic.distance32(timestampEnd, timestamp);
    }

    /** Lets time pass without a packet. Returns when that began. */
    long pass(long ticks) {
        long began = now;
        now += ticks;
        return began;
    }

    /** Lets a packet's time pass. Returns when it began. */
    long packet(int timestamp, int ticks, long arrivalNanos) {
        running = true;
        everRan = true;
        timestampEnd = timestamp + ticks;
        lastArrivalNanos = arrivalNanos;
        lastTicks = ticks;
        return pass(ticks);
    }

    private long silenceByArrival(long arrivalNanos) {
        long elapsed = (arrivalNanos - lastArrivalNanos) / 1000 * rateHz / 1_000_000 - lastTicks;
        return elapsed > rateHz / JITTER_DIVISOR ? elapsed : 0;
    }
}
