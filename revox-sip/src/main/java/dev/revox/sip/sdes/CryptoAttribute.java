package dev.revox.sip.sdes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An {@code a=crypto} line.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 4568 §9.1.
 *
 * @param tag what an answer names the offered line by
 */
public record CryptoAttribute(int tag, SrtpKey key) {

    private static final Pattern LINE = Pattern.compile(
            "([0-9]{1,9}) +([A-Za-z0-9_]{1,64}) +inline:([A-Za-z0-9+/=]{1,200})((?:\\|[^ ;|]{1,40}){0,2})(.*)");

    /** Like 1:4, key identifiers that packets would carry; see {@link #parse}. */
    private static final Pattern KEY_IDENTIFIER = Pattern.compile(".*\\|[0-9]+:[0-9]+.*");

    /**
     * Reads the value of the attribute. Empty when it is not for us: an unknown suite, a key of a wrong length, several keys or key
     * identifiers, or a session parameter that must be understood (RFC 4568 §6.3). An answerer then looks at the next line.
     */
    public static Optional<CryptoAttribute> parse(String value) {
        Matcher line = LINE.matcher(value.strip());
        if (!line.matches() || KEY_IDENTIFIER.matcher(line.group(4)).matches() || !understood(line.group(5))) {
            return Optional.empty();
        }
        int tag = Integer.parseInt(line.group(1));
        return SrtpSuite.named(line.group(2))
                .flatMap(suite -> SrtpKey.parse(suite, line.group(3)))
                .map(key -> new CryptoAttribute(tag, key));
    }

    // A window size is a hint; a parameter that begins with "-" may be ignored. All others change what packets look
    // like.
    private static boolean understood(String parameters) {
        if (parameters.isBlank()) {
            return true;
        }
        if (parameters.charAt(0) != ' ') {
            return false;
        }
        for (String parameter : parameters.strip().split(" +", -1)) {
            if (!parameter.startsWith("-") && !parameter.startsWith("WSH=") && !parameter.equals("KDR=0")) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "CryptoAttribute(" + tag + " " + key.suite() + ")";
    }

    /** The value of the attribute, with the key: it goes into a session description and nowhere else. */
    public String line() {
        return tag + " " + key.suite() + " inline:" + key.base64();
    }
}
