package dev.revox.sip.digest;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One {@code Authorization} value of the Digest scheme, with {@code qop=auth}.
 *
 * <p><b>Thread:</b> Immutable. Its {@code toString} shows nothing of it. <b>Spec:</b> RFC 7616 §3.4.
 */
record DigestAnswer(
        String user,
        String realm,
        String nonce,
        String uri,
        String response,
        DigestAlgorithm algorithm,
        String cnonce,
        String nonceCount) {

    private static final int MAX_CHARS = 4_096;
    private static final Pattern NONCE_COUNT = Pattern.compile("[0-9a-fA-F]{8}");

    /** Empty when it is of another scheme, malformed, or without {@code qop=auth}. */
    static Optional<DigestAnswer> parse(String headerValue) {
        String value = headerValue.strip();
        if (value.length() > MAX_CHARS || !value.regionMatches(true, 0, "Digest ", 0, 7)) {
            return Optional.empty();
        }
        Map<String, String> given = DigestParameters.of(value.substring(7));
        Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(given.getOrDefault("algorithm", "MD5"));
        boolean whole = algorithm.isPresent()
                && given.getOrDefault("qop", "").equalsIgnoreCase("auth")
                && NONCE_COUNT.matcher(given.getOrDefault("nc", "")).matches();
        return whole
                ? Optional.of(new DigestAnswer(
                        given.getOrDefault("username", ""),
                        given.getOrDefault("realm", ""),
                        given.getOrDefault("nonce", ""),
                        given.getOrDefault("uri", ""),
                        given.getOrDefault("response", ""),
                        algorithm.get(),
                        given.getOrDefault("cnonce", ""),
                        given.getOrDefault("nc", "")))
                : Optional.empty();
    }

    /** What {@code response} must be for this password. */
    String expected(String method, String password) {
        String ha1 = algorithm.hash(user + ":" + realm + ":" + password);
        if (algorithm.session()) {
            ha1 = algorithm.hash(ha1 + ":" + nonce + ":" + cnonce);
        }
        return algorithm.hash(
                ha1 + ":" + nonce + ":" + nonceCount + ":" + cnonce + ":auth:" + algorithm.hash(method + ":" + uri));
    }

    long count() {
        return Long.parseLong(nonceCount, 16);
    }

    @Override
    public String toString() {
        return "DigestAnswer(" + algorithm.token() + ")";
    }
}
