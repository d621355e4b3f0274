package dev.revox.audio.quality;

import dev.revox.line.MediaReport;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What the media loop counts about one ear, where other threads can read it.
 *
 * <p>The loop copies all counts while a version number is odd; a reader that saw it odd or changed reads again. So a report never
 * mixes two moments, and the loop waits for nobody.
 *
 * <p><b>Thread:</b> {@link #report} is thread-safe; the rest is confined to the media loop and allocates nothing.
 */
public final class EarQuality {

    static final int PACKETS = 0;
    static final int LOST = 1;
    static final int DISCARDED = 2;
    static final int RUNS = 3;
    static final int BURSTS = 4;
    static final int BURST_PACKETS = 5;
    static final int BURST_MISSING = 6;
    static final int GAPS = 7;
    private static final int SOUND_MICROS = 8;
    private static final int SOUND_PACKETS = 9;
    private static final int HELD_MICROS = 10;
    private static final int MOST_MICROS = 11;
    private static final int FIELDS = 12;

    private final LossPattern pattern = new LossPattern();
    private final long[] fields = new long[FIELDS];
    private final AtomicLongArray published = new AtomicLongArray(FIELDS);
    private final AtomicInteger version = new AtomicInteger();

    /** Where the fate of each packet is told. */
    public LossPattern pattern() {
        return pattern;
    }

    /**
     * A packet of sound was passed on.
     *
     * @param soundMicros how long it is
     * @param heldMicros how long it waited for those before it
     * @param mostMicros how long it would have been waited for
     */
    public void passed(long soundMicros, long heldMicros, long mostMicros) {
        fields[SOUND_MICROS] += soundMicros;
        fields[SOUND_PACKETS]++;
        fields[HELD_MICROS] += heldMicros;
        fields[MOST_MICROS] = mostMicros;
        publish();
    }

    /** Lets readers see what was counted so far. */
    public void publish() {
        pattern.copyTo(fields);
        version.setRelease(version.getPlain() + 1);
        VarHandle.storeStoreFence();
        for (int i = 0; i < FIELDS; i++) {
            published.setOpaque(i, fields[i]);
        }
        version.setRelease(version.getPlain() + 1);
    }

    /**
     * The figures as of the last packet.
     *
     * @param roundTripMicros -1 when it is not known
     * @param frameMs what our side collects into a packet
     */
    public MediaReport.Quality report(long roundTripMicros, int frameMs) {
        long[] seen = snapshot();
        long packets = seen[PACKETS];
        if (packets == 0 || seen[SOUND_PACKETS] == 0) {
            return MediaReport.Quality.NONE;
        }
        long missing = seen[LOST] + seen[DISCARDED];
        double packetMs = seen[SOUND_MICROS] / 1000.0 / seen[SOUND_PACKETS];
        long gapPackets = packets - seen[BURST_PACKETS];
        long held = seen[HELD_MICROS] / seen[SOUND_PACKETS];
        long endSystem = held + frameMs * 1000L;
        double share = share(missing, packets);
        double burstRatio = seen[RUNS] == 0 ? 1 : (double) missing / seen[RUNS] * (1 - share);
        double oneWayMs = (Math.max(0, roundTripMicros) / 2 + endSystem) / 1000.0;
        double rating = EModel.rating(share, burstRatio, oneWayMs);
        return new MediaReport.Quality(
                share(seen[LOST], packets),
                share(seen[DISCARDED], packets),
                share(seen[BURST_MISSING], seen[BURST_PACKETS]),
                share(missing - seen[BURST_MISSING], gapPackets),
                mean(seen[BURST_PACKETS], seen[BURSTS], packetMs),
                mean(gapPackets, seen[GAPS], packetMs),
                roundTripMicros,
                held,
                seen[MOST_MICROS],
                endSystem,
                rating,
                EModel.score(EModel.rating(share, burstRatio, 0)),
                EModel.score(rating));
    }

    private long[] snapshot() {
        long[] seen = new long[FIELDS];
        int before;
        do {
            before = version.getAcquire();
            for (int i = 0; i < FIELDS; i++) {
                seen[i] = published.getOpaque(i);
            }
            VarHandle.loadLoadFence();
        } while ((before & 1) != 0 || version.getOpaque() != before);
        return seen;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static int mean(long packets, long times, double packetMs) {
        return times == 0 ? 0 : (int) Math.round(packets * packetMs / times);
    }
}
