package dev.revox.sip.failure;

/** A failure that we found ourselves, without a final response that says it. <b>Thread:</b> Immutable. */
public enum LocalFailure {
    /** It rang for as long as we were told to let it. */
    RING_TIMEOUT("ring timeout"),
    /** Nobody answered the INVITE, not even provisionally (Timer B). */
    NO_RESPONSE("no response to INVITE"),
    /** The datagram could not be sent: name not found, address unreachable. */
    TRANSPORT("trunk unreachable"),
    /** It was answered without a codec we have. */
    NO_COMMON_CODEC("no common codec"),
    /** The trunk kept asking for credentials, or we have none for it. */
    AUTHENTICATION("authentication failed"),
    /** The order was withdrawn while it rang. */
    CANCELLED("cancelled"),
    /** The caller hung up before we answered. */
    CALLER_GAVE_UP("caller gave up"),
    /** No free media port. */
    NO_MEDIA_PORT("no free media port"),
    /** A defect of ours. */
    INTERNAL("internal error");

    private final String phrase;

    LocalFailure(String phrase) {
        this.phrase = phrase;
    }

    /** The words that stand where a response would have had its reason phrase. */
    public String phrase() {
        return phrase;
    }
}
