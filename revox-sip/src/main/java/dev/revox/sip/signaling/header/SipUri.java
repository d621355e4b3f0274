package dev.revox.sip.signaling.header;

import dev.revox.phone.PhoneNumber;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a SIP or tel URI that decide whom a request reaches; parameters and headers are left out on purpose.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 3261 §19.1, RFC 3966.
 *
 * @param scheme lower case: sip, sips or tel
 * @param user as it stands there, without parameters and password; empty when there is none
 * @param host lower case, empty for tel
 * @param port empty when it names none
 */
public record SipUri(String scheme, String user, String host, Optional<Integer> port) {

    private static final int DEFAULT_PORT = 5060;
    private static final Pattern SIP = Pattern.compile("(sips?):(?:([^@:;?<> ]{0,128})(?:;[^@: ]*)?(?::[^@ ]*)?@)?"
            + "(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?)(?::([0-9]{1,5}))?(?:[;?].*)?");
    private static final Pattern TEL = Pattern.compile("tel:([^;?<> ]{1,64})(?:[;?].*)?");

    public static Optional<SipUri> parse(String uri) {
        String text = schemeInLowerCase(uri);
        Matcher tel = TEL.matcher(text);
        if (tel.matches()) {
            return Optional.of(new SipUri("tel", tel.group(1), "", Optional.empty()));
        }
        Matcher sip = SIP.matcher(text);
        if (!sip.matches()) {
            return Optional.empty();
        }
        Optional<Integer> port = Optional.ofNullable(sip.group(4)).map(Integer::valueOf);
        if (port.filter(p -> p < 1 || p > 65_535).isPresent()) {
            return Optional.empty();
        }
        String user = Optional.ofNullable(sip.group(2)).orElse("");
        return Optional.of(new SipUri(sip.group(1), user, sip.group(3).toLowerCase(Locale.ROOT), port));
    }

    private static String schemeInLowerCase(String uri) {
        int colon = uri.indexOf(':');
        return colon < 0 ? uri : uri.substring(0, colon).toLowerCase(Locale.ROOT) + uri.substring(colon);
    }

    /** The telephone number that its user part is, visual separators left out. */
    public Optional<PhoneNumber> number() {
        try {
            return Optional.of(PhoneNumber.of(user.replaceAll("[-.()]", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The plain URI: nothing of the original but these parts. */
    public String text() {
        String who = user.isEmpty() ? "" : user + (scheme.equals("tel") ? "" : "@");
        return scheme + ":" + who + host + port.map(p -> ":" + p).orElse("");
    }

    /** True when a request to either reaches the same (RFC 3261 §19.1.4, of what is kept here). */
    public boolean sameAs(SipUri other) {
        return scheme.equals(other.scheme)
                && user.equals(other.user)
                && host.equals(other.host)
                && port.orElse(DEFAULT_PORT).equals(other.port.orElse(DEFAULT_PORT));
    }

    @Override
    public String toString() {
        return scheme + ":(user)@" + host;
    }
}
