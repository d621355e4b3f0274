package dev.revox.sip.signaling.wire;

import dev.revox.sip.location.Target;
import java.util.Locale;
import javax.sip.address.Hop;

/** A target as the library names it. <b>Thread:</b> Immutable. */
public record KnownHop(Target target) implements Hop {

    @Override
    public String getHost() {
        String address = target.address().getHostAddress();
        return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    }

    @Override
    public int getPort() {
        return target.port();
    }

    @Override
    public String getTransport() {
        return target.transport().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
