package dev.revox.audio.record;

import dev.revox.RevoxException;
import dev.revox.audio.wav.WavWriter;
import dev.revox.media.recording.RecordingKey;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens sealed recordings.
 *
 * <p><b>Thread:</b> Thread-safe; blocks on the disk. <b>Spec:</b> the form of the file is described in {@code docs/recordings.md}.
 */
public final class SealedRecording {

    /** How a file ended. */
    public enum Ending {
        /** It was closed: nothing is missing. */
        WHOLE,
        /** It breaks off, because the process that wrote it was killed or its disk was full; everything before that is there. */
        CUT_OFF
    }

    private SealedRecording() {}

    /**
     * Writes what is in a sealed file into a plain one, which is replaced if it exists.
     *
     * @throws RevoxException when it is no such file, when the key is another, or when somebody has changed it; the plain file is
     *     deleted then
     */
    public static Ending unseal(Path sealed, RecordingKey key, Path plain) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(sealed)))) {
            SecretKeySpec fileKey = SealedOutput.key(key, salt(in, sealed));
            Ending ending;
            try (OutputStream out = Files.newOutputStream(plain)) {
                ending = unseal(in, fileKey, out);
            } catch (GeneralSecurityException e) {
                Files.deleteIfExists(plain);
                throw new RevoxException(sealed + " was sealed with another key, or was changed since", e, false);
            }
            WavWriter.repair(plain);
            return ending;
        } catch (IOException e) {
            throw new RevoxException("sealed recording " + sealed + " cannot be opened: " + e, e, false);
        }
    }

    private static byte[] salt(DataInputStream in, Path sealed) throws IOException {
        byte[] magic = in.readNBytes(SealedOutput.MAGIC.length);
        byte[] salt = in.readNBytes(SealedOutput.SALT_BYTES);
        if (!Arrays.equals(magic, SealedOutput.MAGIC) || salt.length < SealedOutput.SALT_BYTES) {
            throw new RevoxException(sealed + " is no sealed recording", false);
        }
        return salt;
    }

    private static Ending unseal(DataInputStream in, SecretKeySpec key, OutputStream out)
            throws IOException, GeneralSecurityException {
        Cipher cipher = SealedOutput.cipher();
        byte[] length = new byte[4];
        for (long chunk = 0; ; chunk++) {
            byte[] bytes;
            try {
                in.readFully(length);
                bytes = new byte[plainBytes(length) + SealedOutput.TAG_BYTES];
                in.readFully(bytes);
            } catch (EOFException end) {
                return Ending.CUT_OFF;
            }
            boolean last = in.available() == 0 && opens(cipher, key, chunk, true, length, bytes);
            out.write(open(cipher, key, chunk, last, length, bytes));
            if (last) {
                return Ending.WHOLE;
            }
        }
    }

    private static int plainBytes(byte[] length) throws GeneralSecurityException {
        int bytes = (length[0] & 0xFF) << 24 | (length[1] & 0xFF) << 16 | (length[2] & 0xFF) << 8 | (length[3] & 0xFF);
        if (bytes < 0 || bytes > SealedOutput.MAX_CHUNK_BYTES) {
            throw new GeneralSecurityException("a chunk claims " + bytes + " bytes");
        }
        return bytes;
    }

    private static boolean opens(
            Cipher cipher, SecretKeySpec key, long chunk, boolean last, byte[] length, byte[] bytes) {
        try {
            byte[] unused = open(cipher, key, chunk, last, length, bytes);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] open(Cipher cipher, SecretKeySpec key, long chunk, boolean last, byte[] length, byte[] bytes)
            throws GeneralSecurityException {
        cipher.init(Cipher.DECRYPT_MODE, key, SealedOutput.nonce(chunk, last));
        cipher.updateAAD(length);
        return cipher.doFinal(bytes);
    }
}
