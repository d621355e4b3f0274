package dev.revox.sip.sdp;

/** A readable description that offers no audio stream we can take (488, Warning 304 or 305). <b>Thread:</b> Immutable. */
public final class NoCommonMediaException extends SdpException {

    private static final long serialVersionUID = 1L;

    NoCommonMediaException(String message) {
        super(message);
    }
}
