package dev.revox.sip.location;

import java.net.InetAddress;

/**
 * One place that a request can be sent to.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param name the host name that led here; a certificate must be for it (RFC 5922 §7)
 */
public record Target(Transport transport, InetAddress address, int port, String name) {

    public Target {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be within 1..65535, was " + port);
        }
    }

    /** True for a URI whose host is this very address. */
    public boolean isNamedBy(String uri) {
        return Site.of(uri)
                .filter(site -> site.host().replaceAll("[\\[\\]]", "").equals(address.getHostAddress()))
                .isPresent();
    }

    /** The same place by another transport. */
    public Target by(Transport other) {
        return new Target(other, address, port, name);
    }

    @Override
    public String toString() {
        return transport + " " + address.getHostAddress() + ":" + port;
    }
}
