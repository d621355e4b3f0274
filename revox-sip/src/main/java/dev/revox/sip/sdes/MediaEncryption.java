package dev.revox.sip.sdes;

/** Whether a trunk's sound is encrypted with SRTP. <b>Thread:</b> Immutable. */
public enum MediaEncryption {
    /** Never: encrypted offers are refused. */
    OFF,
    /**
     * Where the other side can: our offer is plain RTP/AVP with keys beside it, which a peer that knows nothing of them ignores.
     * An encrypted offer of the other side is answered encrypted.
     */
    OPTIONAL,
    /** Always: RTP/SAVP or no call. */
    REQUIRED
}
