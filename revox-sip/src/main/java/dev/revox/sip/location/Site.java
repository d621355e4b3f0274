package dev.revox.sip.location;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host, port and transport as a SIP URI names them; what is left out is for {@link ServerLocator} to find.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 3261 §19.1, RFC 5630 for {@code sips}.
 *
 * @param secure a {@code sips} URI: TLS or nothing
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 */
public record Site(boolean secure, String host, OptionalInt port, Optional<Transport> transport) {

    private static final Pattern URI = Pattern.compile(
            "<?(sips?):(?:[^@>]*@)?(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9](?:[A-Za-z0-9._-]{0,253}))(?::([0-9]{1,5}))?([;?>].*)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TRANSPORT = Pattern.compile(";transport=([A-Za-z]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+]");

    /** Reads a URI or a name-addr; empty when it names no host, or a transport that nobody here speaks. */
    public static Optional<Site> of(String uri) {
        Matcher matcher = URI.matcher(uri.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean secure = matcher.group(1).equalsIgnoreCase("sips");
        OptionalInt port =
                matcher.group(3) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(3)));
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65_535)) {
            return Optional.empty();
        }
        String rest = matcher.group(4) == null ? "" : matcher.group(4);
        int end = rest.indexOf('>');
        Matcher named = TRANSPORT.matcher(end < 0 ? rest : rest.substring(0, end));
        if (!named.find()) {
            return Optional.of(new Site(secure, matcher.group(2), port, Optional.empty()));
        }
        return switch (named.group(1).toLowerCase(Locale.ROOT)) {
            case "udp" ->
                secure
                        ? Optional.empty()
                        : Optional.of(new Site(false, matcher.group(2), port, Optional.of(Transport.UDP)));
            // RFC 5630 §3.1.1: with sips, tcp means TLS over TCP.
            case "tcp" ->
                Optional.of(
                        new Site(secure, matcher.group(2), port, Optional.of(secure ? Transport.TLS : Transport.TCP)));
            case "tls" -> Optional.of(new Site(secure, matcher.group(2), port, Optional.of(Transport.TLS)));
            default -> Optional.empty();
        };
    }

    /** True when the host is an address and not a name. */
    public boolean literal() {
        return LITERAL.matcher(host).matches();
    }

    /** Host and port as they stand in a URI. */
    public String hostPort() {
        return host + (port.isPresent() ? ":" + port.getAsInt() : "");
    }
}
