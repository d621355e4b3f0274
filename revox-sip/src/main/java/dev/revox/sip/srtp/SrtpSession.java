package dev.revox.sip.srtp;

import dev.revox.sip.sdes.SrtpKeys;
import org.jspecify.annotations.Nullable;

/**
 * Both directions of one leg's encrypted sound.
 *
 * <p>Sending, the rollover counter goes up when the sequence number wraps. Receiving, each of the last {@value #SOURCES} sources has
 * a rollover counter and replay windows of its own, which it finds again when it comes back after another one spoke. A source is
 * only remembered when a packet of it was authentic, so nobody without the key can push one out.
 *
 * <p>After a re-INVITE with another key, packets of a source we know are tried with its rollover counter going on, as RFC 3711
 * §3.3.1 has it, and with zero, as most telephones have it. For the same reason new keys of ours begin at zero.
 *
 * <p><b>Thread:</b> made anywhere, then confined to the media loop. <b>Spec:</b> RFC 3711 §3.3, §3.4; RFC 7714.
 */
public final class SrtpSession {

    /** How much longer a protected packet may be than a plain one: {@value} octets. */
    public static final int MAX_TRAILER_BYTES = PacketCipher.MAX_TRAILER_BYTES;

    /** What an unprotect method gives for a packet that must be dropped. */
    public static final int REFUSED = PacketCipher.BAD;

    private static final int SOURCES = 8;
    private static final int RTP_HEADER_BYTES = 12;
    private static final int RTCP_HEADER_BYTES = 8;
    private static final int MAX_RTCP_INDEX = 0x7FFF_FFFF;

    /** What is remembered of one source that sends to us. */
    private static final class Source {
        private int ssrc;
        private final ReplayWindow rtp = new ReplayWindow();
        private final ReplayWindow rtcp = new ReplayWindow();
        private long lastUse;
        private int rolloverBeforeKey;
    }

    private final SrtpKeys keys;
    private final PacketCipher out;
    private final PacketCipher in;
    private final @Nullable Source[] sources = new @Nullable Source[SOURCES];
    private long uses;
    private boolean sending;
    private long highestSent;
    private int rtcpIndex;
    private long replayed;
    private long unauthentic;

    public SrtpSession(SrtpKeys keys) {
        this.keys = keys;
        out = PacketCipher.of(keys.ours());
        in = PacketCipher.of(keys.theirs());
    }

    public SrtpKeys keys() {
        return keys;
    }

    /** Takes over, after a change of keys, what is still true: all that was sent with the same key, and who speaks. */
    public void continues(SrtpSession before) {
        if (before.keys.ours().equals(keys.ours())) {
            sending = before.sending;
            highestSent = before.highestSent;
            rtcpIndex = before.rtcpIndex;
        }
        boolean sameKey = before.keys.theirs().equals(keys.theirs());
        for (int i = 0; i < SOURCES; i++) {
            Source source = before.sources[i];
            if (source != null && !sameKey) {
                source.rolloverBeforeKey = (int) (source.rtp.highest() >>> 16);
                source.rtp.clear();
                source.rtcp.clear();
            }
            sources[i] = source;
        }
        replayed = before.replayed;
        unauthentic = before.unauthentic;
    }

    /**
     * Protects a packet in place.
     *
     * @return its new length
     */
    public int protectRtp(byte[] packet, int length) {
        int sequence = sequence(packet, 0);
        // Nearest to the highest, because relayed packets may leave in another order than their numbers'.
        long index = sending ? Math.max(sequence, index(highestSent, sequence)) : sequence;
        highestSent = Math.max(highestSent, index);
        sending = true;
        int header = headerBytes(packet, 0, length);
        return out.protectRtp(packet, 0, header, length, index, Octets.getInt(packet, 8));
    }

    /**
     * Protects a compound packet of RTCP in place.
     *
     * @return its new length
     */
    public int protectRtcp(byte[] packet, int length) {
        rtcpIndex = (rtcpIndex + 1) & MAX_RTCP_INDEX;
        return out.protectRtcp(packet, 0, length, rtcpIndex, Octets.getInt(packet, 4));
    }

    /**
     * Checks and decrypts a packet in place.
     *
     * @return the length of the plain packet, or {@link #REFUSED}
     */
    public int unprotectRtp(byte[] packet, int offset, int length) {
        int header = headerBytes(packet, offset, length);
        if (header < 0 || length > PacketCipher.MAX_BYTES) {
            return REFUSED;
        }
        int ssrc = Octets.getInt(packet, offset + 8);
        int sequence = sequence(packet, offset);
        Source known = find(ssrc);
        if (known != null && known.rtp.begun()) {
            long index = index(known.rtp.highest(), sequence);
            if (index < 0 || !known.rtp.mayPass(index)) {
                replayed++;
                return REFUSED;
            }
            return open(known, packet, offset, header, length, index, ssrc);
        }
        int rolloverBefore = known == null ? 0 : known.rolloverBeforeKey;
        int plain = open(known, packet, offset, header, length, (long) rolloverBefore << 16 | sequence, ssrc);
        if (plain == REFUSED && rolloverBefore != 0) {
            unauthentic--;
            plain = open(known, packet, offset, header, length, sequence, ssrc);
        }
        return plain;
    }

    private int open(@Nullable Source known, byte[] packet, int offset, int header, int length, long index, int ssrc) {
        int plain = in.unprotectRtp(packet, offset, header, length, index, ssrc);
        if (plain == REFUSED) {
            unauthentic++;
            return REFUSED;
        }
        Source source = known == null ? begin(ssrc) : known;
        source.rtp.passed(index);
        source.lastUse = ++uses;
        return plain;
    }

    /**
     * Checks and decrypts a compound packet of RTCP in place.
     *
     * @return the length of the plain one, or {@link #REFUSED}
     */
    public int unprotectRtcp(byte[] packet, int offset, int length) {
        if (length < RTCP_HEADER_BYTES + in.rtcpTrailerBytes() || length > PacketCipher.MAX_BYTES) {
            return REFUSED;
        }
        int ssrc = Octets.getInt(packet, offset + 4);
        int word = in.rtcpIndex(packet, offset, length);
        int index = word & MAX_RTCP_INDEX;
        Source known = find(ssrc);
        if (word >= 0 || (known != null && !known.rtcp.mayPass(index))) {
            replayed++; // or not encrypted, which was never agreed
            return REFUSED;
        }
        int plain = in.unprotectRtcp(packet, offset, length, ssrc);
        if (plain == REFUSED) {
            unauthentic++;
            return REFUSED;
        }
        Source source = known == null ? begin(ssrc) : known;
        source.rtcp.passed(index);
        source.lastUse = ++uses;
        return plain;
    }

    private @Nullable Source find(int ssrc) {
        for (Source source : sources) {
            if (source != null && source.ssrc == ssrc) {
                return source;
            }
        }
        return null;
    }

    private Source begin(int ssrc) {
        int place = 0;
        long oldest = Long.MAX_VALUE;
        for (int i = 0; i < SOURCES; i++) {
            Source source = sources[i];
            long use = source == null ? -1 : source.lastUse;
            if (use < oldest) {
                oldest = use;
                place = i;
            }
        }
        Source source = new Source();
        source.ssrc = ssrc;
        sources[place] = source;
        return source;
    }

    // RFC 3711 §3.3.1 and appendix A: the index nearest to the highest one.
    private static long index(long highest, int sequence) {
        long rollover = highest >>> 16;
        int last = (int) (highest & 0xFFFF);
        if (last < 0x8000) {
            return sequence - last > 0x8000 ? (rollover - 1) << 16 | sequence : rollover << 16 | sequence;
        }
        return last - 0x8000 > sequence ? (rollover + 1) << 16 | sequence : rollover << 16 | sequence;
    }

    private static int sequence(byte[] packet, int offset) {
        return (packet[offset + 2] & 0xFF) << 8 | (packet[offset + 3] & 0xFF);
    }

    /** Fixed header, CSRCs and extension; -1 when they do not fit. The padding cannot be checked yet: it is encrypted. */
    private static int headerBytes(byte[] packet, int offset, int length) {
        if (length < RTP_HEADER_BYTES || (packet[offset] & 0xC0) != 0x80) {
            return -1;
        }
        int header = RTP_HEADER_BYTES + 4 * (packet[offset] & 0x0F);
        if ((packet[offset] & 0x10) != 0) {
            if (header + 4 > length) {
                return -1;
            }
            int at = offset + header + 2;
            header += 4 + 4 * ((packet[at] & 0xFF) << 8 | (packet[at + 1] & 0xFF));
        }
        return header <= length ? header : -1;
    }

    /** Packets that had been seen before, or were too old to tell. */
    public long replayed() {
        return replayed;
    }

    /** Packets whose tag was wrong. */
    public long unauthentic() {
        return unauthentic;
    }

    @Override
    public String toString() {
        return "SrtpSession(" + keys.ours().suite() + ")";
    }
}
