package dev.revox.sip.signaling.valve;

/**
 * What the valve let through and what it did not, since the line was started. <b>Thread:</b> Immutable.
 *
 * @param passed handed to the parser
 * @param notSip no SIP message at all
 * @param tooLarge beyond a limit of size or number
 * @param knownOverBudget from a known address that sent more than its budget
 * @param strangerOverBudget from an unknown address, dropped without an answer
 */
public record ValveCounts(long passed, long notSip, long tooLarge, long knownOverBudget, long strangerOverBudget) {

    /** All that was thrown away. */
    public long dropped() {
        return notSip + tooLarge + knownOverBudget + strangerOverBudget;
    }
}
