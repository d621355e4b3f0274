package dev.revox.sip.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Session keys from a master key, at a key derivation rate of 0.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 3711 §4.3; RFC 7714 §11 (a salt of 96 bits stands left in the 112).
 */
final class KeyDerivation {

    static final int RTP_ENCRYPTION = 0;
    static final int RTP_AUTHENTICATION = 1;
    static final int RTP_SALT = 2;

    /** Added to a label for RTCP. */
    static final int RTCP = 3;

    private static final int BLOCK = 16;
    private static final int LABEL_AT = 7;

    private final byte[] masterKey;
    private final byte[] masterSalt;

    KeyDerivation(byte[] masterKey, byte[] masterSalt) {
        this.masterKey = masterKey;
        this.masterSalt = masterSalt;
    }

    byte[] derive(int label, int bytes) {
        try {
            Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"));
            byte[] counter = Arrays.copyOf(masterSalt, BLOCK);
            counter[LABEL_AT] ^= (byte) label;
            byte[] derived = new byte[bytes];
            for (int at = 0; at < bytes; at += BLOCK) {
                counter[BLOCK - 1] = (byte) (at / BLOCK);
                byte[] block = aes.update(counter);
                System.arraycopy(block, 0, derived, at, Math.min(BLOCK, bytes - at));
            }
            return derived;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES", e);
        }
    }
}
