package dev.revox.audio.jitter;

import dev.revox.audio.quality.LossPattern;

/**
 * The machine's ear for one RTP stream: packets in any order go in, each comes out once, in order, as early as order allows.
 *
 * <h2>How it is used</h2>
 *
 * For each datagram of the current SSRC call {@link #offer} (or {@link #offerSilent} for what takes a sequence number but
 * holds no audio, such as RFC 4733 events); then, and on every tick, call {@link #poll} until it answers {@link
 * Verdict#NOTHING}:
 *
 * <ul>
 *   <li>{@link Verdict#PACKET}: decode {@link #bytes()} from {@link #offset()}, {@link #length()} long. Its first sample
 *       lies at {@link #mediaTicks()}. If {@link #gapTicks()} is not 0, so much before it is missing for good: loss beyond
 *       what is worth making up, or silence that was never sent (DTX).
 *   <li>{@link Verdict#HOLE}: make up {@link #holeTicks()} of sound from {@link #mediaTicks()} on. If {@link
 *       #redundancyReady()}, the bytes are those of the packet right after the hole: try its in-band FEC first.
 *   <li>{@link Verdict#NOTHING}: wait.
 * </ul>
 *
 * What the accessors tell is valid until the next {@code offer}, {@code poll} or {@code reset}.
 *
 * <h2>How it waits</h2>
 *
 * A packet that continues the sequence comes out at once: a listener that is a machine needs order, not a steady playout. A
 * stall therefore produces nothing, and the burst after it comes out as fast as it is polled. Only a hole waits, from the
 * moment a packet behind it arrives, for as long as all but a few in ten thousand reordered packets have lately taken, within 5..40
 * ms, and up to 80 ms on a line where many take longer. Packets that still come after that are counted, and lengthen the wait.
 *
 * <h2>Its clock</h2>
 *
 * {@link #mediaTicks()} starts at 0 with the first packet and follows the RTP timestamps, extended to 64 bits. A timestamp
 * that jumps by more than 3 s away from what the arrival times say is a new beginning: the media clock
 * goes on where it was. A jump that the arrival times confirm is silence that really passed.
 *
 * <p><b>Thread:</b> Confined to the media loop. Allocates nothing after construction. <b>Units:</b> RTP ticks.
 * <b>Spec:</b> RFC 3550 §A.1 for sequence jumps, RFC 1982 for the arithmetic.
 */
public final class EarBuffer {

    /** What the buffer has for its reader. */
    public enum Verdict {
        NOTHING,
        PACKET,
        HOLE
    }

    /** The longest payload that is taken: {@value} bytes. */
    public static final int MAX_PAYLOAD_BYTES = PacketWindow.MAX_PAYLOAD_BYTES;

    /** The longest stretch of one hole that is worth making up, the rest is a gap: {@value} ms. */
    public static final int MAX_CONCEAL_MS = 120;

    private final PacketWindow window = new PacketWindow();
    private final Sequencer order;
    private final MediaClock clock;
    private final int maxConcealTicks;

    /** What is left to make up before the next packet; -1 while that packet has not been looked at. */
    private int holeLeft = -1;

    private boolean holeCut;
    private int slot;
    private long mediaTicks;
    private int holeTicks;
    private long gapTicks;
    private boolean redundancy;
    private boolean resynced;
    private boolean anew;

    private long refused;
    private long jumps;

    public EarBuffer(int clockRateHz) {
        this(clockRateHz, new LossPattern());
    }

    /**
     * A buffer that tells the fate of each packet.
     *
     * @param pattern goes on where the leg's buffer before this one left off
     */
    public EarBuffer(int clockRateHz, LossPattern pattern) {
        if (clockRateHz < 8000 || clockRateHz > 192_000) {
            throw new IllegalArgumentException("clockRateHz must be within 8000..192000, was " + clockRateHz);
        }
        order = new Sequencer(window, pattern);
        clock = new MediaClock(clockRateHz);
        maxConcealTicks = clockRateHz / 1000 * MAX_CONCEAL_MS;
    }

    /**
     * Takes an audio packet in.
     *
     * @param sequence 16 bits
     * @param timestamp 32 bits
     * @param packetTicks ticks that the payload covers, as its decoder tells; a payload that the decoder refuses is not
     *     offered and so becomes a hole
     */
    public void offer(
            byte[] payload,
            int offset,
            int length,
            int payloadType,
            int sequence,
            int timestamp,
            int packetTicks,
            long nowNanos) {
        if (length < 0
                || length > MAX_PAYLOAD_BYTES
                || offset < 0
                || offset > payload.length - length
                || packetTicks <= 0) {
            refused++;
            return;
        }
        int place = order.admit(sequence, nowNanos);
        if (place >= 0) {
            window.putAudio(place, payload, offset, length, payloadType, timestamp, packetTicks, nowNanos);
        }
    }

    /** Takes note of a packet of the same SSRC that holds no audio, so that its sequence number is not taken for a loss. */
    public void offerSilent(int sequence, long nowNanos) {
        int place = order.admit(sequence, nowNanos);
        if (place >= 0) {
            window.putSilent(place, nowNanos);
        }
    }

    /** Gives out the next thing in order, if it is there or no longer worth waiting for. */
    public Verdict poll(long nowNanos) {
        if (order.takeRestart()) {
            clock.restart();
            anew = true;
            holeLeft = -1;
        }
        int place = order.next(nowNanos);
        return place < 0 ? Verdict.NOTHING : holeOrPacket(place);
    }

    /**
     * Gives up the hole that is waited for, because whoever listens cannot wait any longer.
     *
     * @return false when nothing waits behind a hole
     */
    public boolean hurry() {
        return order.hurry();
    }

    /** Where sound of this timestamp belongs on the media clock, for packets that came too late. */
    public long placeOf(int timestamp) {
        return clock.placeOf(timestamp);
    }

    /** The array that {@link #offset()} and {@link #length()} refer to. */
    public byte[] bytes() {
        return window.payloads();
    }

    public int offset() {
        return window.offset(slot);
    }

    public int length() {
        return window.length(slot);
    }

    public int payloadType() {
        return window.payloadType(slot);
    }

    /** When the packet came in. */
    public long arrivalNanos() {
        return window.arrivalNanos(slot);
    }

    /** The packet's RTP timestamp. */
    public int timestamp() {
        return window.timestamp(slot);
    }

    /** Where the sound that was just given out, or the made-up sound that is asked for, begins on the media clock. */
    public long mediaTicks() {
        return mediaTicks;
    }

    /** How much to make up. */
    public int holeTicks() {
        return holeTicks;
    }

    /** How much is missing right before this packet, beside what was asked to be made up. */
    public long gapTicks() {
        return gapTicks;
    }

    /** True when the packet behind the hole follows it directly and may hold its sound a second time. */
    public boolean redundancyReady() {
        return redundancy;
    }

    /** True when this packet begins anew, after a jump of the timestamps, a restart of the sender or a {@link #reset}: the
     * decoder should be reset. */
    public boolean resynced() {
        return resynced;
    }

    /** How long a hole is waited for at present. */
    public long holeWaitNanos() {
        return order.holeWaitNanos();
    }

    public long duplicatePackets() {
        return order.duplicates();
    }

    /** Packets that came after their place had been given up. */
    public long latePackets() {
        return order.late();
    }

    /** Sequence numbers that were given up, minus those that came late after all. */
    public long lostPackets() {
        return order.lost();
    }

    /** Packets that were refused: too long, or their sequence number fitted nowhere. */
    public long refusedPackets() {
        return refused + order.refused();
    }

    /** Jumps of the timestamps or the sequence numbers after which the stream began anew. */
    public long resyncs() {
        return jumps + order.restarts();
    }

    /** Forgets the stream, after a change of SSRC. The media clock, the counters and the learnt wait go on. */
    public void reset() {
        order.forget();
    }

    private Verdict holeOrPacket(int place) {
        slot = place;
        if (holeLeft < 0) {
            examine(place);
        }
        if (holeLeft > 0) {
            int whole = window.ticks(place);
            int rest = holeLeft % whole;
            holeTicks = rest == 0 ? whole : rest;
            holeLeft -= holeTicks;
            mediaTicks = clock.pass(holeTicks);
            redundancy = holeLeft == 0 && !holeCut && holeTicks == whole;
            return Verdict.HOLE;
        }
        clock.pass(gapTicks);
        mediaTicks = clock.packet(window.timestamp(place), window.ticks(place), window.arrivalNanos(place));
        holeLeft = -1;
        order.taken(place);
        return Verdict.PACKET;
    }

    /** Finds out how much sound is missing before a packet, and how much of that is to be made up. */
    private void examine(int place) {
        long missing = clock.missingBefore(window.timestamp(place), window.arrivalNanos(place));
        jumps += clock.jumped() ? 1 : 0;
        resynced = clock.jumped() || anew;
        anew = false;
        redundancy = false;
        holeLeft = order.gaveUp() && !resynced ? (int) Math.min(missing, maxConcealTicks) : 0;
        holeCut = holeLeft < missing;
        gapTicks = missing - holeLeft;
    }
}
