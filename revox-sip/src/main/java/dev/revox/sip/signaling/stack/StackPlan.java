package dev.revox.sip.signaling.stack;

import dev.revox.sip.signaling.SipInbox;
import dev.revox.sip.signaling.valve.SourceValve;
import dev.revox.time.TimeSource;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * What a line's SIP stack is opened with.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param address that is bound
 * @param port 0 for any free port
 * @param t1 the estimate of the round trip that all timers are multiples of (RFC 3261 §17.1.1.1)
 * @param valve what stands before the parser
 * @param listensTcp TCP connections are taken at the same port as datagrams
 * @param tls asked at the first TLS connection; empty when no trunk uses TLS
 * @param tlsPort TLS connections are taken there; empty to make some only
 */
public record StackPlan(
        InetAddress address,
        int port,
        Duration t1,
        SipInbox inbox,
        SourceValve valve,
        TimeSource time,
        boolean listensTcp,
        Optional<Supplier<SSLContext>> tls,
        OptionalInt tlsPort) {}
