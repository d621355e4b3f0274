package dev.revox.campaign;

/** Where a contact stands: that of its order, once it has one. */
public enum ContactState {
    /** It has no order yet. */
    PENDING,
    /** Its order waits for its first attempt. */
    PLACED,
    /** It is being called. */
    IN_CALL,
    /** Its order waits for another attempt. */
    RETRYING,
    /** Its order was due while the campaign was paused. */
    HELD,
    REACHED,
    /** The attempts are used up, or no time is left for one. */
    NOT_REACHED,
    /** It can never be reached, such as a number that nobody has. */
    FAILED,
    /** No order could be made of it: the contact says why. */
    REJECTED,
    CANCELLED;

    /** True when nothing more will happen to it. */
    public boolean ended() {
        return switch (this) {
            case PENDING, PLACED, IN_CALL, RETRYING, HELD -> false;
            case REACHED, NOT_REACHED, FAILED, REJECTED, CANCELLED -> true;
        };
    }
}
