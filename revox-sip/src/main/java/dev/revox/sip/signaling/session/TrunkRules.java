package dev.revox.sip.signaling.session;

import dev.revox.phone.PhoneNumber;
import java.net.InetAddress;

/** What a call needs to know of the trunk that it goes by. <b>Thread:</b> Thread-safe. */
public interface TrunkRules {

    /** Its name, for {@code SipFailure}. */
    String name();

    /** True for a URI of the trunk's own host, which may be shown credentials. */
    boolean own(String uri);

    /** True for an address that calls may come from by this trunk. */
    boolean letsIn(InetAddress source);

    /** The URI that reaches a number by this trunk. */
    String uriOf(PhoneNumber number);
}
