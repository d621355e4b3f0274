package dev.revox.sip.rtp;

import java.security.SecureRandom;

/**
 * The state of the one stream we send on a leg: SSRC, sequence numbers, timestamps and what the sender reports tell.
 *
 * <p>The timestamp is a clock, not a counter of what was sent: it goes on while we are silent, on hold or late. The first
 * packet after such a pause carries the marker bit.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 3550 §5.1 (random start of sequence and timestamp, constant
 * SSRC), RFC 3551 §4.1 (marker).
 */
public final class RtpSender {

    private final int ssrc;
    private int sequence;
    private long timestamp;
    private boolean markNext = true;
    private long packets;
    private long payloadOctets;

    public RtpSender(SecureRandom random) {
        this(random.nextInt(), random.nextInt(0x10000), random.nextInt() & 0xFFFF_FFFFL);
    }

    /** With a known start, for tests of the wrap. */
    public RtpSender(int ssrc, int firstSequence, long firstTimestamp) {
        this.ssrc = ssrc;
        this.sequence = firstSequence & 0xFFFF;
        this.timestamp = firstTimestamp & 0xFFFF_FFFFL;
    }

    /**
     * Writes a packet of sound at the current timestamp.
     *
     * @return its length
     */
    public int writeAudio(byte[] packet, int payloadType, byte[] payload, int offset, int length) {
        int written = write(packet, payloadType, markNext, timestamp, payload, offset, length);
        markNext = false;
        return written;
    }

    /** Writes a packet that tells what silence is like: no talkspurt begins with it (RFC 3551 §4.1). @return its length */
    public int writeSilence(byte[] packet, int payloadType, byte[] payload, int offset, int length) {
        return write(packet, payloadType, false, timestamp, payload, offset, length);
    }

    /**
     * Writes a packet that shares our SSRC and sequence but has a timestamp and marker of its own (RFC 4733 §2.2: an event
     * keeps the timestamp of its start).
     */
    public int writeEvent(
            byte[] packet, int payloadType, boolean marker, long eventTimestamp, byte[] payload, int length) {
        return write(packet, payloadType, marker, eventTimestamp, payload, 0, length);
    }

    private int write(
            byte[] packet, int payloadType, boolean marker, long time, byte[] payload, int offset, int length) {
        int at = RtpPacketView.writeHeader(packet, 0, payloadType, marker, sequence, time, ssrc);
        System.arraycopy(payload, offset, packet, at, length);
        sequence = (sequence + 1) & 0xFFFF;
        packets++;
        payloadOctets += length;
        return at + length;
    }

    /**
     * Writes a packet of somebody else's sound as one of this stream, with a sequence number and timestamp that keep its order
     * and timing; our own go on behind the highest one.
     */
    int writeRelayed(
            byte[] packet,
            int payloadType,
            boolean marker,
            int relayedSequence,
            long relayedTimestamp,
            byte[] payload,
            int offset,
            int length) {
        int at = RtpPacketView.writeHeader(packet, 0, payloadType, marker, relayedSequence, relayedTimestamp, ssrc);
        System.arraycopy(payload, offset, packet, at, length);
        if ((relayedSequence - sequence & 0xFFFF) < 0x8000) {
            sequence = relayedSequence + 1 & 0xFFFF;
        }
        packets++;
        payloadOctets += length;
        return at + length;
    }

    /** Moves the stream's clock on; after each frame time, sent or not. */
    public void advance(long ticks) {
        timestamp = (timestamp + ticks) & 0xFFFF_FFFFL;
    }

    /** Sound was not sent for a while: the next packet of sound begins a talkspurt. */
    public void markNext() {
        markNext = true;
    }

    public int ssrc() {
        return ssrc;
    }

    /** 32 bit, unsigned. */
    public long timestamp() {
        return timestamp;
    }

    public int nextSequence() {
        return sequence;
    }

    public long packets() {
        return packets;
    }

    public long payloadOctets() {
        return payloadOctets;
    }
}
