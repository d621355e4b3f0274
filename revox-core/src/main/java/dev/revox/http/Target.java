package dev.revox.http;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a URL leads: scheme, host, port, and the path with its query.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param host in lower case, an IPv6 literal without brackets
 */
record Target(boolean tls, String host, int port, String pathAndQuery) {

    private static final Pattern NAME =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");

    /** Dotted, decimal, octal or hexadecimal: whatever some resolver takes for an IPv4 address. */
    private static final Pattern NUMERIC_LAST_LABEL = Pattern.compile("(.*\\.)?(0x[0-9a-f]*|[0-9]+)");

    private static final Pattern DOTTED_QUAD =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");

    static Target of(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new HttpException(HttpException.Reason.FORBIDDEN_TARGET, "only http and https URLs are requested");
        }
        if (url.getHost() == null || url.getRawUserInfo() != null) {
            throw new HttpException(
                    HttpException.Reason.FORBIDDEN_TARGET, "the URL must have a host, and no user and password");
        }
        boolean tls = scheme.equals("https");
        int port = url.getPort() == -1 ? (tls ? 443 : 80) : url.getPort();
        if (port < 1 || port > 65535) {
            throw new HttpException(HttpException.Reason.MALFORMED, "the URL's port must be within 1 and 65535");
        }
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return new Target(tls, host(url.getHost().toLowerCase(Locale.ROOT)), port, ascii(path + query));
    }

    private static String host(String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            String literal = host.substring(1, host.length() - 1);
            if (literal.contains("%")) {
                throw new HttpException(HttpException.Reason.FORBIDDEN_TARGET, "the URL's host must not have a zone");
            }
            return literal;
        }
        if (host.endsWith(".")) {
            // The root's dot changes nothing for DNS, but would for allow-lists and certificates.
            return host(host.substring(0, host.length() - 1));
        }
        boolean numeric = NUMERIC_LAST_LABEL.matcher(host).matches();
        if (numeric ? !DOTTED_QUAD.matcher(host).matches() : !NAME.matcher(host).matches()) {
            throw new HttpException(
                    HttpException.Reason.FORBIDDEN_TARGET,
                    "the URL's host must be a name, or an address written in the usual form");
        }
        return host;
    }

    private static String ascii(String pathAndQuery) {
        if (pathAndQuery.chars().anyMatch(c -> c <= 0x20 || c >= 0x7f)) {
            throw new HttpException(
                    HttpException.Reason.MALFORMED, "the URL must be percent-encoded where it is not plain ASCII");
        }
        return pathAndQuery;
    }

    boolean sameOrigin(Target other) {
        return tls == other.tls && port == other.port && host.equals(other.host);
    }

    /** The value of the Host header. */
    String hostHeader() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }

    @Override
    public String toString() {
        return "Target[" + (tls ? "https" : "http") + "]";
    }
}
