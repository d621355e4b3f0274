package dev.revox.attempt;

/** The business outcome of a call. */
public enum CallOutcome {
    NOT_INTERESTED("not_interested"),
    INTERESTED("interested"),
    COMPLETED("completed"),
    REQUESTED_CALLBACK_LATER("requested_callback_later"),
    REQUESTED_CALLBACK_NEW_NUMBER("requested_callback_new_number"),
    DO_NOT_CONTACT("do_not_contact");

    private final String wireName;

    CallOutcome(String wireName) {
        this.wireName = wireName;
    }

    /** The value as the call API writes it. */
    public String wireName() {
        return wireName;
    }
}
