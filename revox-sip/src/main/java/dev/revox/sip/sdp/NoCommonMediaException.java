package dev.revox.sip.sdp;

/** A readable description that offers no audio stream we can take (488 with a Warning). <b>Thread:</b> Immutable. */
public final class NoCommonMediaException extends SdpException {

    private static final long serialVersionUID = 1L;

    /** Which part does not suit, with its warn-code and words (RFC 3261 §20.43). */
    enum Cause {
        TRANSPORT(302, "Incompatible transport protocol"),
        MEDIA(304, "Media type not available"),
        FORMAT(305, "Incompatible media format");

        private final int code;
        private final String text;

        Cause(int code, String text) {
            this.code = code;
            this.text = text;
        }
    }

    private final Cause why;

    NoCommonMediaException(Cause why, String message) {
        super(message);
        this.why = why;
    }

    /**
     * The value of a Warning header.
     *
     * @param agent who warns, a host and port
     */
    public String warning(String agent) {
        return why.code + " " + agent + " \"" + why.text + "\"";
    }
}
