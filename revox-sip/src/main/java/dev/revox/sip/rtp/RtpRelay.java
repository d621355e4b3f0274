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

    private final RtpSender out;
    private int anchored = NONE;
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
     * @return the length of what leaves, 0 when it does not fit
     */
    public int write(byte[] into, int payloadType, RtpPacketView in, byte[] bytes, int stream) {
        if (RtpPacketView.HEADER_BYTES + in.payloadBytes() > into.length) {
            return 0;
        }
        if (stream != anchored) {
            anchored = stream;
            sequenceShift = out.nextSequence() - in.sequenceNumber();
            timestampShift = out.timestamp() - in.timestamp();
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
