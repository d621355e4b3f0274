package dev.revox.sip.failure;

import dev.revox.attempt.DialError;
import dev.revox.line.SipFailure;
import dev.revox.media.Tone;
import java.util.Optional;

/**
 * The last tone before the answer that says why nobody will come.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox.
 */
public final class EarlyTone {

    private static final int REQUEST_TERMINATED = 487;

    private Optional<DialVerdict> said = Optional.empty();

    /** A tone was heard. */
    public void heard(Tone tone) {
        DialVerdict verdict = DialVerdict.ofTone(tone);
        if (verdict.error() != DialError.NO_ANSWER) {
            said = Optional.of(verdict);
        }
    }

    /** The verdict on a failure: the tone's, if we cancelled because it rang too long, for then no response says why. */
    public DialVerdict judge(DialVerdict verdict, SipFailure raw) {
        boolean patienceEnded = verdict.error() == DialError.NO_ANSWER
                && (raw.sipStatus().isEmpty() || raw.sipStatus().getAsInt() == REQUEST_TERMINATED);
        return patienceEnded ? said.orElse(verdict) : verdict;
    }
}
