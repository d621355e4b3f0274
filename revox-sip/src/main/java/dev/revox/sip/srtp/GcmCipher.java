package dev.revox.sip.srtp;

import dev.revox.sip.sdes.SrtpKey;
import dev.revox.sip.sdes.SrtpSuite;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM as the JDK has it. It takes a new parameter object for each packet and allocates inside; see {@code docs/srtp.md}.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 7714 §8, §9.
 */
final class GcmCipher implements PacketCipher {

    private static final int TAG_BYTES = 16;
    private static final int IV_BYTES = 12;
    private static final int RTCP_CLEAR_BYTES = 8;
    private static final int INDEX_BYTES = 4;
    private static final int ENCRYPTED = 0x8000_0000;

    /** One of the two key sets. */
    private static final class Keys {

        private final Cipher gcm;
        private final SecretKeySpec key;
        private final byte[] salt;

        Keys(byte[] sessionKey, byte[] sessionSalt) {
            key = new SecretKeySpec(sessionKey, "AES");
            salt = sessionSalt;
            try {
                gcm = Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK has no AES/GCM", e);
            }
        }
    }

    private final Keys rtp;
    private final Keys rtcp;
    private final byte[] iv = new byte[IV_BYTES];
    private final byte[] word = new byte[INDEX_BYTES];

    /** From session keys. */
    GcmCipher(byte[] rtpKey, byte[] rtpSalt, byte[] rtcpKey, byte[] rtcpSalt) {
        rtp = new Keys(rtpKey, rtpSalt);
        rtcp = new Keys(rtcpKey, rtcpSalt);
    }

    static GcmCipher of(SrtpKey key) {
        KeyDerivation derivation = new KeyDerivation(key.masterKey(), key.masterSalt());
        return new GcmCipher(
                derivation.derive(KeyDerivation.RTP_ENCRYPTION, SrtpSuite.KEY_BYTES),
                derivation.derive(KeyDerivation.RTP_SALT, IV_BYTES),
                derivation.derive(KeyDerivation.RTCP + KeyDerivation.RTP_ENCRYPTION, SrtpSuite.KEY_BYTES),
                derivation.derive(KeyDerivation.RTCP + KeyDerivation.RTP_SALT, IV_BYTES));
    }

    // RFC 7714 §8.1, §9.1: two octets of zero, the SSRC, and the index in the last six.
    private void begin(Keys keys, int mode, long index, int ssrc) throws GeneralSecurityException {
        iv[0] = 0;
        iv[1] = 0;
        Octets.putInt(iv, 2, ssrc);
        iv[6] = (byte) (index >>> 40);
        iv[7] = (byte) (index >>> 32);
        Octets.putInt(iv, 8, (int) index);
        for (int i = 0; i < IV_BYTES; i++) {
            iv[i] ^= keys.salt[i];
        }
        keys.gcm.init(mode, keys.key, new GCMParameterSpec(8 * TAG_BYTES, iv));
    }

    @Override
    public int protectRtp(byte[] packet, int offset, int headerBytes, int length, long index, int ssrc) {
        try {
            begin(rtp, Cipher.ENCRYPT_MODE, index, ssrc);
            rtp.gcm.updateAAD(packet, offset, headerBytes);
            int at = offset + headerBytes;
            return headerBytes + rtp.gcm.doFinal(packet, at, length - headerBytes, packet, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM refused a packet of " + length + " octets", e);
        }
    }

    @Override
    public int unprotectRtp(byte[] packet, int offset, int headerBytes, int length, long index, int ssrc) {
        if (length - TAG_BYTES < headerBytes) {
            return BAD;
        }
        try {
            begin(rtp, Cipher.DECRYPT_MODE, index, ssrc);
            rtp.gcm.updateAAD(packet, offset, headerBytes);
            int at = offset + headerBytes;
            return headerBytes + rtp.gcm.doFinal(packet, at, length - headerBytes, packet, at);
        } catch (AEADBadTagException e) {
            return BAD;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM refused a packet of " + length + " octets", e);
        }
    }

    @Override
    public int protectRtcp(byte[] packet, int offset, int length, int index, int ssrc) {
        try {
            begin(rtcp, Cipher.ENCRYPT_MODE, index, ssrc);
            Octets.putInt(word, 0, index | ENCRYPTED);
            rtcp.gcm.updateAAD(packet, offset, RTCP_CLEAR_BYTES);
            rtcp.gcm.updateAAD(word, 0, INDEX_BYTES);
            int at = offset + RTCP_CLEAR_BYTES;
            int end = RTCP_CLEAR_BYTES + rtcp.gcm.doFinal(packet, at, length - RTCP_CLEAR_BYTES, packet, at);
            Octets.putInt(packet, offset + end, index | ENCRYPTED);
            return end + INDEX_BYTES;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM refused a report of " + length + " octets", e);
        }
    }

    @Override
    public int unprotectRtcp(byte[] packet, int offset, int length, int ssrc) {
        int end = length - INDEX_BYTES;
        if (end - TAG_BYTES < RTCP_CLEAR_BYTES) {
            return BAD;
        }
        try {
            int index = Octets.getInt(packet, offset + end);
            begin(rtcp, Cipher.DECRYPT_MODE, index & ~ENCRYPTED, ssrc);
            Octets.putInt(word, 0, index);
            rtcp.gcm.updateAAD(packet, offset, RTCP_CLEAR_BYTES);
            rtcp.gcm.updateAAD(word, 0, INDEX_BYTES);
            int at = offset + RTCP_CLEAR_BYTES;
            return RTCP_CLEAR_BYTES + rtcp.gcm.doFinal(packet, at, end - RTCP_CLEAR_BYTES, packet, at);
        } catch (AEADBadTagException e) {
            return BAD;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM refused a report of " + length + " octets", e);
        }
    }

    @Override
    public int rtcpIndex(byte[] packet, int offset, int length) {
        return Octets.getInt(packet, offset + length - INDEX_BYTES);
    }

    @Override
    public int rtcpTrailerBytes() {
        return TAG_BYTES + INDEX_BYTES;
    }
}
