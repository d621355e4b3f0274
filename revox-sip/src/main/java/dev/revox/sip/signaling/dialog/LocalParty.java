package dev.revox.sip.signaling.dialog;

/**
 * How we name ourselves to the other side.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param sentBy host and port of our Via
 * @param scheme {@code sip} or {@code sips}
 * @param parameters of our Contact's URI, such as {@code ;transport=tcp}; may be empty
 */
public record LocalParty(String sentBy, String userAgent, String scheme, String parameters) {

    /** Over UDP. */
    public LocalParty(String sentBy, String userAgent) {
        this(sentBy, userAgent, "sip", "");
    }

    /** What we understand. REFER is not among them: who is called is not for the other side to choose. */
    public static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, NOTIFY";

    /** RFC 6228 (an early dialog that is over may be told so), RFC 3262, RFC 4028, RFC 3891. */
    public static final String SUPPORTED = "199, 100rel, timer, replaces";

    public static final String ACCEPT = "application/sdp";

    /** Where requests within a dialog reach us. */
    public String contact() {
        return "<" + scheme + ":revox@" + sentBy + parameters + ">";
    }
}
