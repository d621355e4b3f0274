package dev.revox.sip.srtp;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * HMAC-SHA1 over {@code MessageDigest}, because {@code Mac} gives its result in a new array for each packet.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 2104.
 */
final class HmacSha1 {

    static final int BYTES = 20;
    private static final int BLOCK = 64;

    private final MessageDigest sha1;
    private final byte[] inner = new byte[BLOCK];
    private final byte[] outer = new byte[BLOCK];

    HmacSha1(byte[] key) {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-1", e);
        }
        for (int i = 0; i < BLOCK; i++) {
            byte k = i < key.length ? key[i] : 0;
            inner[i] = (byte) (k ^ 0x36);
            outer[i] = (byte) (k ^ 0x5c);
        }
    }

    /**
     * Computes it over two pieces.
     *
     * @param into takes {@value #BYTES} octets
     */
    void compute(byte[] first, int offset, int length, byte[] second, int secondLength, byte[] into) {
        try {
            sha1.update(inner, 0, BLOCK);
            sha1.update(first, offset, length);
            sha1.update(second, 0, secondLength);
            int unused = sha1.digest(into, 0, BYTES);
            sha1.update(outer, 0, BLOCK);
            sha1.update(into, 0, BYTES);
            unused = sha1.digest(into, 0, BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-1 does not fit into " + into.length + " octets", e);
        }
    }
}
