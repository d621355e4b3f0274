package dev.revox.sip.srtp;

import dev.revox.sip.sdes.SrtpKey;
import dev.revox.sip.sdes.SrtpSuite;

/**
 * AES in counter mode with HMAC-SHA1.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 3711 §3.4, §4.2.
 */
final class CounterModeCipher implements PacketCipher {

    private static final int RTCP_CLEAR_BYTES = 8;
    private static final int INDEX_BYTES = 4;
    private static final int ENCRYPTED = 0x8000_0000;
    private static final int SESSION_AUTHENTICATION_BYTES = 20;

    /** One of the two key sets. */
    private record Keys(CounterStream stream, HmacSha1 hmac, int tagBytes) {

        static Keys of(KeyDerivation derivation, int base, int tagBytes) {
            return new Keys(
                    new CounterStream(
                            derivation.derive(base + KeyDerivation.RTP_ENCRYPTION, SrtpSuite.KEY_BYTES),
                            derivation.derive(base + KeyDerivation.RTP_SALT, CounterStream.SALT_BYTES)),
                    new HmacSha1(
                            derivation.derive(base + KeyDerivation.RTP_AUTHENTICATION, SESSION_AUTHENTICATION_BYTES)),
                    tagBytes);
        }
    }

    private final Keys rtp;
    private final Keys rtcp;
    private final byte[] word = new byte[INDEX_BYTES];
    private final byte[] tag = new byte[HmacSha1.BYTES];

    CounterModeCipher(SrtpKey key) {
        KeyDerivation derivation = new KeyDerivation(key.masterKey(), key.masterSalt());
        rtp = Keys.of(derivation, 0, key.suite().rtpTagBytes());
        rtcp = Keys.of(derivation, KeyDerivation.RTCP, key.suite().rtcpTagBytes());
    }

    private boolean tagFits(Keys keys, byte[] packet, int offset, int length, int extra) {
        keys.hmac.compute(packet, offset, length, word, extra, tag);
        int difference = 0;
        for (int i = 0; i < keys.tagBytes; i++) {
            difference |= tag[i] ^ packet[offset + length + i];
        }
        return difference == 0;
    }

    @Override
    public int protectRtp(byte[] packet, int offset, int headerBytes, int length, long index, int ssrc) {
        rtp.stream.crypt(packet, offset + headerBytes, length - headerBytes, index, ssrc);
        Octets.putInt(word, 0, (int) (index >>> 16));
        rtp.hmac.compute(packet, offset, length, word, INDEX_BYTES, tag);
        System.arraycopy(tag, 0, packet, offset + length, rtp.tagBytes);
        return length + rtp.tagBytes;
    }

    @Override
    public int unprotectRtp(byte[] packet, int offset, int headerBytes, int length, long index, int ssrc) {
        int body = length - rtp.tagBytes;
        if (body < headerBytes) {
            return BAD;
        }
        Octets.putInt(word, 0, (int) (index >>> 16));
        if (!tagFits(rtp, packet, offset, body, INDEX_BYTES)) {
            return BAD;
        }
        rtp.stream.crypt(packet, offset + headerBytes, body - headerBytes, index, ssrc);
        return body;
    }

    @Override
    public int protectRtcp(byte[] packet, int offset, int length, int index, int ssrc) {
        rtcp.stream.crypt(packet, offset + RTCP_CLEAR_BYTES, length - RTCP_CLEAR_BYTES, index, ssrc);
        Octets.putInt(packet, offset + length, index | ENCRYPTED);
        int covered = length + INDEX_BYTES;
        rtcp.hmac.compute(packet, offset, covered, word, 0, tag);
        System.arraycopy(tag, 0, packet, offset + covered, rtcp.tagBytes);
        return covered + rtcp.tagBytes;
    }

    @Override
    public int unprotectRtcp(byte[] packet, int offset, int length, int ssrc) {
        int covered = length - rtcp.tagBytes;
        int body = covered - INDEX_BYTES;
        if (body < RTCP_CLEAR_BYTES || !tagFits(rtcp, packet, offset, covered, 0)) {
            return BAD;
        }
        int index = Octets.getInt(packet, offset + body) & ~ENCRYPTED;
        rtcp.stream.crypt(packet, offset + RTCP_CLEAR_BYTES, body - RTCP_CLEAR_BYTES, index, ssrc);
        return body;
    }

    @Override
    public int rtcpIndex(byte[] packet, int offset, int length) {
        return Octets.getInt(packet, offset + length - rtcp.tagBytes - INDEX_BYTES);
    }

    @Override
    public int rtcpTrailerBytes() {
        return INDEX_BYTES + rtcp.tagBytes;
    }
}
