package dev.revox.sip.sdes;

import java.util.Optional;

/**
 * A crypto suite: how packets are encrypted and authenticated.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 4568 §6.2, RFC 7714 §14.1. Its constants are named as in SDP.
 */
public enum SrtpSuite {
    AES_CM_128_HMAC_SHA1_80(1, 14, 10, 10),
    AEAD_AES_128_GCM(2, 12, 16, 16),
    /** A shorter tag on sound; RTCP keeps the long one (RFC 4568 §6.2.2). */
    AES_CM_128_HMAC_SHA1_32(3, 14, 4, 10);

    public static final int KEY_BYTES = 16;

    private final int offerTag;
    private final int saltBytes;
    private final int rtpTagBytes;
    private final int rtcpTagBytes;

    SrtpSuite(int offerTag, int saltBytes, int rtpTagBytes, int rtcpTagBytes) {
        this.offerTag = offerTag;
        this.saltBytes = saltBytes;
        this.rtpTagBytes = rtpTagBytes;
        this.rtcpTagBytes = rtcpTagBytes;
    }

    /** The number of its line in our offers. */
    int offerTag() {
        return offerTag;
    }

    public int saltBytes() {
        return saltBytes;
    }

    public int rtpTagBytes() {
        return rtpTagBytes;
    }

    public int rtcpTagBytes() {
        return rtcpTagBytes;
    }

    /** The suite of this name, empty when we have none such. */
    public static Optional<SrtpSuite> named(String name) {
        for (SrtpSuite suite : values()) {
            if (suite.name().equals(name)) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }
}
