package dev.revox.sip.signaling.dialog;

import java.time.Duration;

/** The timer values that all others are multiples of. <b>Thread:</b> Immutable. <b>Spec:</b> RFC 3261 §17.1.1.1, Table 4. */
public record SipTimers(Duration t1) {

    /** T1 = 500 ms. */
    public static final SipTimers DEFAULT = new SipTimers(Duration.ofMillis(500));

    /** The longest pause between two repetitions of a 2xx: 4 s when T1 is 500 ms. */
    public Duration t2() {
        return t1.multipliedBy(8);
    }

    /** How long the other side is waited for: 32 s when T1 is 500 ms. */
    public Duration transactionLife() {
        return t1.multipliedBy(64);
    }
}
