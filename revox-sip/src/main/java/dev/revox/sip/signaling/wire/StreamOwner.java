package dev.revox.sip.signaling.wire;

import java.net.InetAddress;

/** What connections ask of, and tell, the line that they belong to. <b>Thread:</b> Thread-safe; must not block. */
public interface StreamOwner {

    /** The host name whose certificate the far end must show; empty when none is known. */
    String nameOf(InetAddress peer, int port);

    /** A connection has ended, by whomever. */
    void connectionLost(boolean secure, InetAddress peer, int port);

    /** Monotonic nanoseconds. */
    long nanoTime();
}
