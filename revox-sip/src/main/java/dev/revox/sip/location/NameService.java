package dev.revox.sip.location;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * Looks names up.
 *
 * <p><b>Thread:</b> Thread-safe; may block for some seconds. A name that does not exist, or has no record of the kind, gives an
 * empty list. <b>Spec:</b> RFC 1035, RFC 2782 (SRV), RFC 3403 (NAPTR).
 */
public interface NameService {

    /** What was found, and for how long it may be remembered. */
    record Found<T>(List<T> records, Duration timeToLive) {
        public Found {
            records = List.copyOf(records);
        }
    }

    /** One NAPTR record, as far as SIP uses it. {@code service} is such as {@code SIP+D2U}. */
    record Naptr(int order, int preference, String service, String replacement) {}

    /** One SRV record. */
    record Srv(int priority, int weight, int port, String host) {}

    /** NAPTR records of a domain. */
    Found<Naptr> naptr(String domain) throws LookupException;

    /** SRV records of a name such as {@code _sip._udp.example.net}. */
    Found<Srv> srv(String name) throws LookupException;

    /** Addresses of a host. */
    Found<InetAddress> addresses(String host) throws LookupException;

    /** Nobody could be asked: unlike a name that does not exist, this may be different in a moment. */
    final class LookupException extends Exception {
        private static final long serialVersionUID = 1L;

        public LookupException(String message) {
            super(message);
        }
    }
}
