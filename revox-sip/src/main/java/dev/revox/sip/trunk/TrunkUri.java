package dev.revox.sip.trunk;

import dev.revox.sip.location.Site;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A site as an operator writes it. <b>Thread:</b> Thread-safe. */
public final class TrunkUri {

    private static final Pattern URI =
            Pattern.compile("sips?:([A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+])"
                    + "(?::([0-9]{1,5}))?(;transport=(udp|tcp|tls))?");

    private TrunkUri() {}

    /**
     * Reads one.
     *
     * @param what the field it is for, which stands in the message
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public static Site site(String what, String uri) {
        Matcher matcher = URI.matcher(uri);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(what
                    + " must be sip:host, sip:host:port or sips:host, with ;transport=udp, tcp or tls if any, without user or"
                    + " other parameters, was \""
                    + (uri.indexOf('@') >= 0 ? "(with user)" : uri) + "\"");
        }
        String port = matcher.group(3);
        if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535)) {
            throw new IllegalArgumentException(what + ": port must be within 1..65535, was " + port);
        }
        return Site.of(uri)
                .orElseThrow(() -> new IllegalArgumentException(
                        what + ": sips means TLS; transport=udp contradicts it, was \"" + uri + "\""));
    }
}
