package dev.revox.sip.sdp;

/** A session description that cannot be used. The message never quotes it. <b>Thread:</b> Immutable. */
public class SdpException extends Exception {

    private static final long serialVersionUID = 1L;

    public SdpException(String message) {
        super(message);
    }
}
