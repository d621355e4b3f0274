package dev.revox.sip.digest;

import dev.revox.secret.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One leg's memory of what servers asked for, and the answers to it.
 *
 * <p>Challenges of several realms, of a user agent (401) and of proxies (407), are answered together; of several challenges
 * for one realm the strongest algorithm wins. Once answered, a challenge is answered in advance on later requests, with
 * {@code nc} counting up per nonce.
 *
 * <p>Who may be given credentials is decided by the caller; this class only honours the realm pin.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 3261 §22, RFC 7616 §3.4, RFC 8760.
 */
public final class DigestClient {

    /** A challenge header as it came. */
    public record ChallengeHeader(boolean proxy, String value) {}

    /** An {@code Authorization} or {@code Proxy-Authorization} header to send. */
    public record CredentialsHeader(String name, String value) {}

    /** How often one request may be rejected per realm before we stop. */
    private static final int MAX_TRIES = 2;

    private static final int MAX_STALE = 2;

    private final String user;
    private final Secret secret;
    private final Optional<String> pinnedRealm;
    private final DigestAlgorithm weakest;
    private final Supplier<String> cnonces;
    private final Map<String, Challenge> active = new LinkedHashMap<>();
    private final Map<String, Integer> nonceUses = new HashMap<>();
    private final Map<String, Integer> tries = new HashMap<>();
    private final Map<String, Integer> staleTries = new HashMap<>();

    /**
     * Starts without any challenge.
     *
     * @param pinnedRealm answer only this realm
     * @param weakest challenges with a weaker algorithm are not answered
     * @param cnonces a fresh unguessable token for each answer
     */
    public DigestClient(
            String user,
            Secret secret,
            Optional<String> pinnedRealm,
            DigestAlgorithm weakest,
            Supplier<String> cnonces) {
        this.user = user;
        this.secret = secret;
        this.pinnedRealm = pinnedRealm;
        this.weakest = weakest;
        this.cnonces = cnonces;
    }

    /** A new request begins: its tries count from zero. */
    public void beginRequest() {
        tries.clear();
        staleTries.clear();
    }

    /**
     * Takes the challenges of a 401 or 407.
     *
     * @return false when the request must be given up: nothing in it that we can answer, or rejected too often
     */
    public boolean challenged(List<ChallengeHeader> headers) {
        Map<String, Challenge> best = new LinkedHashMap<>();
        for (ChallengeHeader header : headers) {
            Challenge.parse(header.proxy(), header.value())
                    .filter(c -> c.algorithm().compareTo(weakest) >= 0)
                    .filter(c -> pinnedRealm.isEmpty() || pinnedRealm.get().equals(c.realm()))
                    .ifPresent(c ->
                            best.merge(key(c), c, (a, b) -> b.algorithm().compareTo(a.algorithm()) > 0 ? b : a));
        }
        if (best.isEmpty()) {
            return false;
        }
        for (Map.Entry<String, Challenge> entry : best.entrySet()) {
            if (!mayAnswer(entry.getKey(), entry.getValue())) {
                return false;
            }
        }
        active.putAll(best);
        return true;
    }

    private boolean mayAnswer(String key, Challenge challenge) {
        if (challenge.stale()) {
            return staleTries.merge(key, 1, Integer::sum) <= MAX_STALE;
        }
        Challenge answered = active.get(key);
        int count = tries.merge(key, 1, Integer::sum);
        boolean sameNonceAgain = answered != null && answered.nonce().equals(challenge.nonce()) && count > 1;
        return count <= MAX_TRIES && !sameNonceAgain;
    }

    /** The headers that answer everything asked so far, for one request. */
    public List<CredentialsHeader> credentials(String method, String uri) {
        List<CredentialsHeader> result = new ArrayList<>();
        for (Challenge challenge : active.values()) {
            result.add(new CredentialsHeader(
                    challenge.proxy() ? "Proxy-Authorization" : "Authorization", answer(challenge, method, uri)));
        }
        return result;
    }

    private String answer(Challenge challenge, String method, String uri) {
        DigestAlgorithm hash = challenge.algorithm();
        int use = nonceUses.merge(challenge.nonce(), 1, Integer::sum);
        String nc = String.format("%08x", use);
        String cnonce = cnonces.get();
        String ha1 = hash.hash(user + ":" + challenge.realm() + ":" + secret.reveal());
        if (hash.session()) {
            ha1 = hash.hash(ha1 + ":" + challenge.nonce() + ":" + cnonce);
        }
        String ha2 = hash.hash(method + ":" + uri);
        String response = challenge.qopAuth()
                ? hash.hash(ha1 + ":" + challenge.nonce() + ":" + nc + ":" + cnonce + ":auth:" + ha2)
                : hash.hash(ha1 + ":" + challenge.nonce() + ":" + ha2);
        StringBuilder header = new StringBuilder("Digest username=").append(quote(user));
        header.append(", realm=").append(quote(challenge.realm()));
        header.append(", nonce=").append(quote(challenge.nonce()));
        header.append(", uri=").append(quote(uri));
        header.append(", response=\"").append(response).append('"');
        header.append(", algorithm=").append(hash.token());
        if (challenge.qopAuth() || hash.session()) {
            header.append(", cnonce=").append(quote(cnonce));
        }
        if (challenge.qopAuth()) {
            header.append(", qop=auth, nc=").append(nc);
        }
        challenge.opaque().ifPresent(o -> header.append(", opaque=").append(quote(o)));
        return header.toString();
    }

    private static String key(Challenge challenge) {
        return (challenge.proxy() ? "proxy " : "user ") + challenge.realm();
    }

    // RFC 3261 §25.1: a quoted-string carries no line ends, so none can be smuggled in through a realm or opaque.
    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            if (c >= ' ' && c != 0x7f) {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
