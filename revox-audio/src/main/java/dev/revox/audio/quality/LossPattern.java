package dev.revox.audio.quality;

/**
 * The fates of one leg's packets in the order of their numbers, as bursts and gaps.
 *
 * <p>A burst begins and ends with a missing packet, has at least two of them, and nowhere {@value #GAP_MIN} packets in a row that
 * came. Everything else is gap; one missing packet among many that came belongs to it. The beginning and the end of a call count
 * as if so many packets had come there. Missing is what never came and what came too late; the latter is told later and moves
 * from one count to the other, which changes no burst.
 *
 * <p><b>Thread:</b> Confined to the media loop. Allocates nothing after construction. <b>Spec:</b> RFC 3611 §4.7.2.
 */
public final class LossPattern {

    /** So many packets in a row that came end a burst: {@value}, as RFC 3611 recommends. */
    public static final int GAP_MIN = 16;

    private long packets;
    private long lost;
    private long discarded;
    private long runs;
    private boolean missedLast;

    private long cameSince;
    private long clusterStart;
    private long clusterPackets;
    private long clusterMissing;

    private long bursts;
    private long burstPackets;
    private long burstMissing;
    private long firstBurstStart;

    /** The next packet came in time. */
    public void came() {
        packets++;
        cameSince++;
        missedLast = false;
    }

    /** The next so many packets are given up. */
    public void missing(long count) {
        if (count <= 0) {
            return;
        }
        if (clusterMissing == 0 || cameSince >= GAP_MIN) {
            closeCluster();
            clusterStart = packets;
            clusterPackets = 0;
        } else {
            clusterPackets += cameSince;
        }
        clusterPackets += count;
        clusterMissing += count;
        cameSince = 0;
        runs += missedLast ? 0 : 1;
        missedLast = true;
        packets += count;
        lost += count;
    }

    /** A packet that had been given up came after all. */
    public void cameTooLate() {
        lost--;
        discarded++;
    }

    private void closeCluster() {
        if (clusterMissing > 1) {
            firstBurstStart = bursts == 0 ? clusterStart : firstBurstStart;
            bursts++;
            burstPackets += clusterPackets;
            burstMissing += clusterMissing;
        }
        clusterMissing = 0;
    }

    /** As if the call ended now. */
    void copyTo(long[] fields) {
        boolean inBurst = clusterMissing > 1;
        long allBursts = bursts + (inBurst ? 1 : 0);
        long allBurstPackets = burstPackets + (inBurst ? clusterPackets : 0);
        long allBurstMissing = burstMissing + (inBurst ? clusterMissing : 0);
        long start = bursts == 0 ? clusterStart : firstBurstStart;
        boolean endsInGap = !inBurst || cameSince > 0;
        long gaps = allBursts == 0 ? Math.min(1, packets) : allBursts - 1 + (start > 0 ? 1 : 0) + (endsInGap ? 1 : 0);
        fields[EarQuality.PACKETS] = packets;
        fields[EarQuality.LOST] = lost;
        fields[EarQuality.DISCARDED] = discarded;
        fields[EarQuality.RUNS] = runs;
        fields[EarQuality.BURSTS] = allBursts;
        fields[EarQuality.BURST_PACKETS] = allBurstPackets;
        fields[EarQuality.BURST_MISSING] = allBurstMissing;
        fields[EarQuality.GAPS] = gaps;
    }
}
