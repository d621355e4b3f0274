package dev.revox.sip.rtp;

/**
 * One direction of a bridge of two legs with the same codec: packets go on as they come, under our own SSRC.
 *
 * <p>Nothing is decoded and nothing waits: order, gaps and timing of the far sender are kept, so that the phone that hears it
 * conceals and de-jitters as if there were nobody in between. Sequence numbers and timestamps continue what this leg has sent
 * before, at the start and whenever the incoming stream begins anew.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 3550 §2.3 and §7.1 (a translator), RFC 7667 §3.2.1.
 */
public final class RtpRelay {
    private static final int NONE = -1;

    /** So far behind its first packet no straggler of before it comes any more: the receiver drops what is 100 packets late. */
    private static final int NO_STRAGGLERS = 1000;

    private final RtpSender out;
    private int anchored = NONE;
    private int firstSequence;
    private boolean stragglers;
    private int sequenceShift;
    private long timestampShift;

    /** A relay that goes on where this leg's own stream is. */
    public RtpRelay(RtpSender out) {
        this.out = out;
    }

    /**
     * Writes the packet that leaves for one that came.
     *
     * @param into where to; at least as long as what came
     * @param payloadType what this leg calls the codec (the other leg may number it otherwise)
     * @param in the packet, which lies in {@code bytes}
     * @param stream which stream of the other leg it belongs to, {@link RtpReceiver#streams}: another one is another anchor
     * @return the length of what leaves, 0 when it does not fit, or is older than what this relay began with: the number it would
     *     leave under has been used for something else, which no receiver understands and no key may see (RFC 3711 §9.1)
     */
    public int write(byte[] into, int payloadType, RtpPacketView in, byte[] bytes, int stream) {
        if (RtpPacketView.HEADER_BYTES + in.payloadBytes() > into.length) {
            return 0;
        }
        if (stream != anchored) {
            anchored = stream;
            firstSequence = in.sequenceNumber();
            stragglers = true;
            sequenceShift = out.nextSequence() - in.sequenceNumber();
            timestampShift = out.timestamp() - in.timestamp();
        }
        if (stragglers) {
            int sinceFirst = in.sequenceNumber() - firstSequence & 0xFFFF;
            if (sinceFirst >= 0x8000) {
                return 0;
            }
            stragglers = sinceFirst < NO_STRAGGLERS;
        }
        return out.writeRelayed(
                into,
                payloadType,
                in.marker(),
                in.sequenceNumber() + sequenceShift & 0xFFFF,
                in.timestamp() + timestampShift & 0xFFFF_FFFFL,
                bytes,
                in.payloadStart(),
                in.payloadBytes());
    }

    /** After a time in which this leg sent something else: what comes next goes on from there. */
    public void restart() {
        anchored = NONE;
    }
}
