package dev.revox.store.jdbc.row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts, over their UTF-16: UTF-8 makes all halves of surrogate pairs the same. <b>Thread:</b> Immutable. */
final class Digest {
    private Digest() {}

    static String hex(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }

    /** The first eight bytes, for an index over texts of any length: what it finds must still be compared. */
    static long tag(String name, String value) {
        return ByteBuffer.wrap(sha256(name.length() + ":" + name + value)).getLong();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_16BE));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
