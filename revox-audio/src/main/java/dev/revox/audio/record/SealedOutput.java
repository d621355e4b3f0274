package dev.revox.audio.record;

import dev.revox.media.recording.RecordingKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Bytes of a recording in chunks, each of them sealed, so that a file that breaks off can be read up to its last whole chunk, and
 * none can be changed, swapped, repeated or left out unnoticed.
 *
 * <pre>
 * "RVXSEAL1" | salt (32) | chunk | chunk | ... | last chunk (may be empty)
 * chunk: length of the plain bytes n (4, big endian) | AES-256-GCM of them (n + 16)
 * key:   HMAC-SHA-256(the host's key, "revox recording" | salt)
 * nonce: 1 for the last chunk, else 0 (1) | zeros (3) | number of the chunk from 0 (8, big endian)
 * authenticated with each chunk: its 4 bytes of length
 * </pre>
 *
 * <p><b>Thread:</b> Confined to the recording thread. <b>Spec:</b> NIST SP 800-38D; a key seals one file, so no nonce repeats.
 */
final class SealedOutput implements RecordingOutput {

    static final byte[] MAGIC = "RVXSEAL1".getBytes(StandardCharsets.US_ASCII);
    static final int SALT_BYTES = 32;
    static final int MAX_CHUNK_BYTES = 1 << 16;
    static final int TAG_BYTES = 16;

    private static final byte[] PURPOSE = "revox recording".getBytes(StandardCharsets.US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final FileChannel file;
    private final SecretKeySpec key;
    private final Cipher cipher = cipher();
    private final ByteBuffer plain = ByteBuffer.allocate(MAX_CHUNK_BYTES);
    private final ByteBuffer sealed = ByteBuffer.allocate(4 + MAX_CHUNK_BYTES + TAG_BYTES);
    private long chunks;

    private SealedOutput(FileChannel file, SecretKeySpec key) {
        this.file = file;
        this.key = key;
    }

    static SealedOutput create(Path path, RecordingKey secret) throws IOException {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        FileChannel file = RecordingOutput.open(path);
        try {
            SealedOutput output = new SealedOutput(file, key(secret, salt));
            output.drain(ByteBuffer.wrap(MAGIC));
            output.drain(ByteBuffer.wrap(salt));
            return output;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    static SecretKeySpec key(RecordingKey secret, byte[] salt) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.secret(), "HmacSHA256"));
            mac.update(PURPOSE);
            return new SecretKeySpec(mac.doFinal(salt), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    static GCMParameterSpec nonce(long chunk, boolean last) {
        ByteBuffer nonce = ByteBuffer.allocate(12);
        nonce.put((byte) (last ? 1 : 0)).position(4);
        return new GCMParameterSpec(8 * TAG_BYTES, nonce.putLong(chunk).array());
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (!plain.hasRemaining()) {
                seal(false);
            }
            int take = Math.min(bytes.remaining(), plain.remaining());
            plain.put(bytes.slice(bytes.position(), take));
            bytes.position(bytes.position() + take);
        }
    }

    @Override
    public void keep() throws IOException {
        if (plain.position() > 0) {
            seal(false);
        }
    }

    private void seal(boolean last) throws IOException {
        plain.flip();
        sealed.clear();
        sealed.putInt(plain.remaining());
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, nonce(chunks++, last));
            cipher.updateAAD(sealed.array(), 0, 4);
            int unused = cipher.doFinal(plain, sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused a chunk", e);
        }
        plain.clear();
        drain(sealed.flip());
    }

    private void drain(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int unused = file.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        try (file) {
            seal(true);
        }
    }
}
