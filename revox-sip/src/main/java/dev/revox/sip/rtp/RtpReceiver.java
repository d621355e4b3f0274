package dev.revox.sip.rtp;

/**
 * What is known about the stream that we receive: its source, the highest sequence number, loss and jitter.
 *
 * <p>A source is on probation until two packets in sequence came from it; the first of the two is not delivered twice, it is
 * given up. A packet with another SSRC starts a probation beside the running stream, so that a stray packet cannot cut a call,
 * and two in sequence switch over: a transfer, a re-INVITE or a DTMF generator goes on within one frame.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 3550 §A.1 (sequence), §A.3 (loss), §A.8 (jitter).
 */
public final class RtpReceiver {

    /** What to do with a packet. */
    public enum Verdict {
        /** Give it to the jitter buffer. */
        ACCEPT,
        /** The stream begins with it: reset decoder and jitter buffer, then give it to them. */
        ACCEPT_NEW_STREAM,
        /** Not believed yet. */
        PROBATION,
        /** Far outside the stream. */
        DROP
    }

    private static final int MAX_DROPOUT = 3000;
    private static final int MAX_MISORDER = 100;
    private static final int NONE = -1;

    private boolean active;
    private int ssrc;
    private int baseSequence;
    private int maxSequence;
    private long cycles;
    private int badSequence = NONE;
    private long received;
    private long expectedPrior;
    private long receivedPrior;
    private int streams;

    private int candidateSsrc;
    private int candidateNext = NONE;

    private long clockRateHz = 8000;
    private boolean transitKnown;
    private long lastTransit;
    private long jitterSixteenths;

    private long lostBefore;
    private long receivedBefore;

    /** The codec's clock; a change starts the jitter estimate anew. */
    public void clockRate(int hz) {
        if (hz != clockRateHz) {
            clockRateHz = hz;
            transitKnown = false;
            jitterSixteenths = 0;
        }
    }

    /** Judges and counts one packet. */
    public Verdict onPacket(int packetSsrc, int sequence, long timestamp, long arrivalNanos) {
        if (!active || packetSsrc != ssrc) {
            return onOtherSource(packetSsrc, sequence, timestamp, arrivalNanos);
        }
        candidateNext = NONE;
        int delta = (sequence - maxSequence) & 0xFFFF;
        Verdict verdict = Verdict.ACCEPT;
        if (delta < MAX_DROPOUT) {
            if (sequence < maxSequence) {
                cycles += 0x10000;
            }
            maxSequence = sequence;
            badSequence = NONE;
        } else if (delta <= 0x10000 - MAX_MISORDER) {
            // A large jump: believed only when the next packet continues from there (§A.1).
            if (sequence != badSequence) {
                badSequence = (sequence + 1) & 0xFFFF;
                return Verdict.DROP;
            }
            begin(packetSsrc, sequence);
            verdict = Verdict.ACCEPT_NEW_STREAM;
        }
        received++;
        updateJitter(timestamp, arrivalNanos);
        return verdict;
    }

    private Verdict onOtherSource(int packetSsrc, int sequence, long timestamp, long arrivalNanos) {
        if (packetSsrc != candidateSsrc || sequence != candidateNext) {
            candidateSsrc = packetSsrc;
            candidateNext = (sequence + 1) & 0xFFFF;
            return Verdict.PROBATION;
        }
        begin(packetSsrc, sequence);
        received++;
        updateJitter(timestamp, arrivalNanos);
        return Verdict.ACCEPT_NEW_STREAM;
    }

    private void begin(int packetSsrc, int sequence) {
        if (active) {
            lostBefore += Math.max(0, expectedInStream() - received);
            receivedBefore += received;
        }
        active = true;
        ssrc = packetSsrc;
        baseSequence = sequence;
        maxSequence = sequence;
        cycles = 0;
        badSequence = NONE;
        received = 0;
        expectedPrior = 0;
        receivedPrior = 0;
        candidateNext = NONE;
        transitKnown = false;
        jitterSixteenths = 0;
        streams++;
    }

    private void updateJitter(long timestamp, long arrivalNanos) {
        long arrivalTicks = ticksOf(arrivalNanos);
        // 32 bit arithmetic: timestamps wrap, differences of transit times do not care.
        long transit = (int) (arrivalTicks - timestamp);
        if (transitKnown) {
            long difference = Math.abs((int) (transit - lastTransit));
            jitterSixteenths += difference - ((jitterSixteenths + 8) >> 4);
        }
        transitKnown = true;
        lastTransit = transit;
    }

    private long ticksOf(long nanos) {
        long seconds = Math.floorDiv(nanos, 1_000_000_000L);
        return seconds * clockRateHz + Math.floorMod(nanos, 1_000_000_000L) * clockRateHz / 1_000_000_000L;
    }

    /** Whether a source is believed. */
    public boolean active() {
        return active;
    }

    public int ssrc() {
        return ssrc;
    }

    /** Grows by one whenever the stream begins anew. */
    public int streams() {
        return streams;
    }

    /** Highest sequence number received, with the count of wraps above it (§6.4.1). */
    public long extendedHighestSequence() {
        return cycles + maxSequence;
    }

    private long expectedInStream() {
        return active ? extendedHighestSequence() - baseSequence + 1 : 0;
    }

    /** Packets of believed sources. */
    public long received() {
        return receivedBefore + received;
    }

    /** Packets missing in the received sequences; never negative, although duplicates may make up for losses. */
    public long lost() {
        return lostBefore + Math.max(0, expectedInStream() - received);
    }

    /** The signed 24 bit number of a report block. */
    int cumulativeLost() {
        return (int) Math.max(-0x800000, Math.min(0x7FFFFF, expectedInStream() - received));
    }

    /** Loss since this was asked last, as an 8 bit fraction (§A.3). */
    int takeFractionLost() {
        long expected = expectedInStream();
        long expectedInterval = expected - expectedPrior;
        long lostInterval = expectedInterval - (received - receivedPrior);
        expectedPrior = expected;
        receivedPrior = received;
        return expectedInterval <= 0 || lostInterval <= 0 ? 0 : (int) ((lostInterval << 8) / expectedInterval) & 0xFF;
    }

    /** Interarrival jitter in ticks of the codec's clock. */
    public long jitterTicks() {
        return jitterSixteenths >> 4;
    }

    public long jitterMicros() {
        return jitterTicks() * 1_000_000L / clockRateHz;
    }

    /**
     * Writes the report block about this stream.
     *
     * @param lastSenderReport middle 32 bits of the NTP time of the last SR, 0 when none came
     * @param delaySinceIt in 1/65536 s
     */
    public void writeReportBlock(byte[] into, int offset, int lastSenderReport, int delaySinceIt) {
        putInt(into, offset, ssrc);
        putInt(into, offset + 4, (takeFractionLost() << 24) | (cumulativeLost() & 0xFFFFFF));
        putInt(into, offset + 8, (int) extendedHighestSequence());
        putInt(into, offset + 12, (int) jitterTicks());
        putInt(into, offset + 16, lastSenderReport);
        putInt(into, offset + 20, delaySinceIt);
    }

    private static void putInt(byte[] into, int at, int value) {
        into[at] = (byte) (value >>> 24);
        into[at + 1] = (byte) (value >>> 16);
        into[at + 2] = (byte) (value >>> 8);
        into[at + 3] = (byte) value;
    }
}
