package dev.revox.sip.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in counter mode under one session key.
 *
 * <p>The key stream is made from blocks of counters with AES/ECB, which needs no set-up per packet and allocates nothing;
 * {@code AES/CTR} wants a new parameter object and a re-init for each.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 3711 §4.1.1.
 */
final class CounterStream {

    static final int SALT_BYTES = 14;
    private static final int BLOCK = 16;

    private final Cipher aes;
    private final byte[] salt;
    private final byte[] counters = new byte[PacketCipher.MAX_BYTES + BLOCK];
    private final byte[] stream = new byte[PacketCipher.MAX_BYTES + BLOCK];

    CounterStream(byte[] sessionKey, byte[] sessionSalt) {
        salt = sessionSalt;
        try {
            aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(sessionKey, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES", e);
        }
    }

    // §4.1.1: IV = (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16); the last two octets count blocks.
    void crypt(byte[] packet, int offset, int length, long index, int ssrc) {
        long high = Octets.getLong(salt, 0) ^ (ssrc & 0xFFFF_FFFFL);
        long saltLow = (Octets.getInt(salt, 8) & 0xFFFF_FFFFL) << 16 | (salt[12] & 0xFF) << 8 | (salt[13] & 0xFF);
        long low = (saltLow ^ index) << 16;
        int blocks = (length + BLOCK - 1) / BLOCK;
        for (int i = 0; i < blocks; i++) {
            Octets.putLong(counters, i * BLOCK, high);
            Octets.putLong(counters, i * BLOCK + 8, low + i);
        }
        try {
            int unused = aes.update(counters, 0, blocks * BLOCK, stream, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("key stream of " + blocks + " blocks does not fit", e);
        }
        Octets.xor(packet, offset, stream, length);
    }
}
