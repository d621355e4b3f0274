package dev.revox.sip.location;

/** What SIP travels by. <b>Thread:</b> Immutable. <b>Spec:</b> RFC 3261 §18, §19.1.2 for the ports. */
public enum Transport {
    UDP(5060),
    TCP(5060),
    TLS(5061);

    private final int defaultPort;

    Transport(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    public int defaultPort() {
        return defaultPort;
    }

    /** True when a connection is made, so that nothing is lost and nothing is sent twice. */
    public boolean connected() {
        return this != UDP;
    }
}
