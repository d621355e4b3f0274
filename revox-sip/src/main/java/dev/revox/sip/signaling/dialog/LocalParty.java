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

    /** What we understand. PRACK, REFER and the rest are refused with this list. */
    public static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE";

    /** RFC 6228: an early dialog that is over may be told so. */
    public static final String SUPPORTED = "199";

    public static final String ACCEPT = "application/sdp";

    /** Where requests within a dialog reach us. */
    public String contact() {
        return "<" + scheme + ":revox@" + sentBy + parameters + ">";
    }
}
