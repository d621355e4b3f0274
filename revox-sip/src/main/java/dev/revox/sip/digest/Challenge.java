package dev.revox.sip.digest;

import java.util.Map;
import java.util.Optional;

/**
 * One WWW-Authenticate or Proxy-Authenticate value of the Digest scheme that we can answer.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 7616 §3.3.
 *
 * @param opaque empty when the server sent none
 * @param qopAuth the server offers {@code qop=auth}; false means the older form without qop (RFC 2617 §3.2.2.1)
 */
record Challenge(
        boolean proxy,
        String realm,
        String nonce,
        Optional<String> opaque,
        DigestAlgorithm algorithm,
        boolean qopAuth,
        boolean stale) {

    private static final int MAX_CHARS = 4_096;

    /** Reads a header value; empty when it is another scheme, malformed, or asks for something we do not have. */
    static Optional<Challenge> parse(boolean proxy, String headerValue) {
        String value = headerValue.strip();
        if (value.length() > MAX_CHARS || !value.regionMatches(true, 0, "Digest", 0, 6) || value.length() < 8) {
            return Optional.empty();
        }
        Map<String, String> parameters = DigestParameters.of(value.substring(6));
        String realm = parameters.get("realm");
        String nonce = parameters.get("nonce");
        Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(parameters.getOrDefault("algorithm", "MD5"));
        String qop = parameters.get("qop");
        boolean auth = qop != null && offersAuth(qop);
        if (realm == null || nonce == null || algorithm.isEmpty() || (qop != null && !qop.isBlank() && !auth)) {
            return Optional.empty();
        }
        return Optional.of(new Challenge(
                proxy,
                realm,
                nonce,
                Optional.ofNullable(parameters.get("opaque")),
                algorithm.get(),
                auth,
                "true".equalsIgnoreCase(parameters.get("stale"))));
    }

    private static boolean offersAuth(String qop) {
        for (String option : qop.split(",", -1)) {
            if (option.strip().equalsIgnoreCase("auth")) {
                return true;
            }
        }
        return false;
    }
}
