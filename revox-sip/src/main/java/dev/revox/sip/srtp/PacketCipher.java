package dev.revox.sip.srtp;

import dev.revox.sip.sdes.SrtpKey;

/**
 * Encrypts and authenticates the packets of one direction under one master key, in place.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
interface PacketCipher {

    /** The longest packet that is encrypted or decrypted. */
    int MAX_BYTES = 2048;

    /** How much a packet grows at most. */
    int MAX_TRAILER_BYTES = 20;

    int BAD = -1;

    static PacketCipher of(SrtpKey key) {
        return switch (key.suite()) {
            case AES_CM_128_HMAC_SHA1_80, AES_CM_128_HMAC_SHA1_32 -> new CounterModeCipher(key);
            case AEAD_AES_128_GCM -> GcmCipher.of(key);
        };
    }

    /**
     * Encrypts all behind the header and appends the tag.
     *
     * @param index rollover counter and sequence number (48 bits)
     * @return the new length
     */
    int protectRtp(byte[] packet, int offset, int headerBytes, int length, long index, int ssrc);

    /**
     * Checks and takes off the tag, then decrypts.
     *
     * @return the new length, or {@link #BAD} and the packet is as it was
     */
    int unprotectRtp(byte[] packet, int offset, int headerBytes, int length, long index, int ssrc);

    /**
     * Encrypts all behind the first eight octets and appends index and tag.
     *
     * @return the new length
     */
    int protectRtcp(byte[] packet, int offset, int length, int index, int ssrc);

    /**
     * Checks and takes off the tag and index, then decrypts.
     *
     * @return the new length, or {@link #BAD} and the packet is as it was
     */
    int unprotectRtcp(byte[] packet, int offset, int length, int ssrc);

    /** The index that a packet of SRTCP names, with the encryption flag as highest bit. Its length was checked. */
    int rtcpIndex(byte[] packet, int offset, int length);

    /** How much longer than its RTCP an SRTCP packet is. */
    int rtcpTrailerBytes();
}
