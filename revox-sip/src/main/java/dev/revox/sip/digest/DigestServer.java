package dev.revox.sip.digest;

import dev.revox.secret.Secret;
import dev.revox.time.TimeSource;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Asks callers for a password, and judges what they answer.
 *
 * <p>Nothing is remembered of who was only asked: a nonce carries its own time and is bound to the caller's address. What is remembered
 * is how often the nonces of callers with the right password were used, so that a request that somebody recorded is not taken twice. Whether
 * a user exists does not show: an unknown one takes the same way with a password that nobody has.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Spec:</b> RFC 3261 §22, RFC 7616 §3.3, RFC 8760.
 */
public final class DigestServer {

    /** What became of an answer. */
    public sealed interface Verdict {

        /** The password is right. */
        record Accepted(String user) implements Verdict {}

        /**
         * To be asked again.
         *
         * @param stale the password is right and only the nonce is too old, so nobody needs to be asked for another
         */
        record Refused(boolean stale) implements Verdict {}
    }

    /** The strongest first; a client takes the first that it knows (RFC 8760 §2.4). */
    private static final List<DigestAlgorithm> OFFERED =
            List.of(DigestAlgorithm.SHA_512_256, DigestAlgorithm.SHA_256, DigestAlgorithm.MD5);

    private static final Duration NONCE_LIFE = Duration.ofMinutes(1);
    private static final int MOST_NONCES = 10_000;
    private static final int TIME_BYTES = 8;
    private static final int MARK_BYTES = 16;

    private record Use(long count, String transaction) {}

    private final String realm;
    private final Map<String, Secret> users;
    private final SecretKeySpec key;
    private final Secret nobodys;
    private final TimeSource time;
    private final Map<String, Use> uses = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Use> eldest) {
            return size() > MOST_NONCES;
        }
    };

    /**
     * A server.
     *
     * @param realm shown to callers
     * @param users passwords by user
     * @param key what nonces are marked with: 32 random bytes
     */
    public DigestServer(String realm, Map<String, Secret> users, byte[] key, TimeSource time) {
        this.realm = realm;
        this.users = Map.copyOf(users);
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.nobodys = Secret.of(Base64.getEncoder().encodeToString(key));
        this.time = time;
    }

    /** Values of {@code WWW-Authenticate}, the one that we like best first. */
    public List<String> challenges(InetAddress source, boolean stale) {
        String nonce = nonce(time.nanoTime(), source);
        return OFFERED.stream()
                .map(algorithm -> "Digest realm=\"" + realm + "\", nonce=\"" + nonce + "\", algorithm="
                        + algorithm.token() + ", qop=\"auth\"" + (stale ? ", stale=true" : ""))
                .toList();
    }

    /**
     * Judges a request.
     *
     * @param authorizations its {@code Authorization} values
     * @param uri its Request-URI
     * @param transaction the same for a repetition of the request, and for nothing else
     */
    public Verdict judge(
            List<String> authorizations, String method, String uri, String transaction, InetAddress source) {
        Optional<DigestAnswer> answer = right(authorizations, method, uri);
        if (answer.isEmpty()) {
            return new Verdict.Refused(false);
        }
        boolean fresh = isFresh(answer.get().nonce(), source) && isNew(answer.get(), transaction);
        return fresh ? new Verdict.Accepted(answer.get().user()) : new Verdict.Refused(true);
    }

    /** Whose password a request shows that was accepted already. */
    public Optional<String> userOf(List<String> authorizations, String method, String uri) {
        return right(authorizations, method, uri).map(DigestAnswer::user);
    }

    private Optional<DigestAnswer> right(List<String> authorizations, String method, String uri) {
        return authorizations.stream()
                .flatMap(value -> DigestAnswer.parse(value).stream())
                .filter(answer -> answer.realm().equals(realm) && OFFERED.contains(answer.algorithm()))
                .filter(answer -> samePlace(answer.uri(), uri))
                .filter(answer -> knowsPassword(answer, method))
                .findFirst();
    }

    private boolean knowsPassword(DigestAnswer answer, String method) {
        Secret password = users.get(answer.user());
        String expected = answer.expected(method, (password == null ? nobodys : password).reveal());
        return MessageDigest.isEqual(bytes(expected), bytes(answer.response())) && password != null;
    }

    // A proxy on the way may change a host or a parameter, but who is called must be what the caller signed.
    private static boolean samePlace(String signed, String asked) {
        return userPart(signed).equals(userPart(asked));
    }

    private static String userPart(String uri) {
        int scheme = uri.indexOf(':');
        int at = uri.indexOf('@');
        return at <= scheme ? "" : uri.substring(scheme + 1, at).split("[;:]", 2)[0];
    }

    private synchronized boolean isNew(DigestAnswer answer, String transaction) {
        Use before = uses.get(answer.nonce());
        if (before != null
                && before.count() == answer.count()
                && before.transaction().equals(transaction)) {
            return true;
        }
        if (before != null && before.count() >= answer.count()) {
            return false;
        }
        uses.put(answer.nonce(), new Use(answer.count(), transaction));
        return true;
    }

    private String nonce(long nanos, InetAddress source) {
        ByteBuffer nonce = ByteBuffer.allocate(TIME_BYTES + MARK_BYTES);
        nonce.putLong(nanos).put(mark(nanos, source));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce.array());
    }

    private boolean isFresh(String nonce, InetAddress source) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (bytes.length != TIME_BYTES + MARK_BYTES) {
            return false;
        }
        long nanos = ByteBuffer.wrap(bytes).getLong();
        byte[] mark = Arrays.copyOfRange(bytes, TIME_BYTES, bytes.length);
        long age = time.nanoTime() - nanos;
        return MessageDigest.isEqual(mark, mark(nanos, source)) && age >= 0 && age <= NONCE_LIFE.toNanos();
    }

    private byte[] mark(long nanos, InetAddress source) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(ByteBuffer.allocate(TIME_BYTES).putLong(nanos).flip());
            return Arrays.copyOf(mac.doFinal(source.getAddress()), MARK_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
