package dev.revox.attempt;

/** Why an attempt was not answered. */
public enum DialError {
    NUMBER_NON_ATTRIBUTED("number_non_attributed"),
    TOO_MANY_CALLS("too_many_calls"),
    BUSY("busy"),
    TEMPORARILY_UNAVAILABLE("temporarily_unavailable"),
    NO_ANSWER("no_answer"),
    NO_INTERNATIONAL_PERMISSION("no_international_permission"),
    PRECONDITION_FAILED("precondition_failed"),
    NON_CLASSIFIED_ERROR("non_classified_error");

    private final String wireName;

    DialError(String wireName) {
        this.wireName = wireName;
    }

    /** The value as the call API writes it. */
    public String wireName() {
        return wireName;
    }
}
