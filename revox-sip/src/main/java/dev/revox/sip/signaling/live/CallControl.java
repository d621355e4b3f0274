package dev.revox.sip.signaling.live;

import dev.revox.line.LegEnd;
import dev.revox.phone.PhoneNumber;
import java.util.Optional;
import java.util.function.Consumer;

/** The signalling half of a leg, as far as the leg commands it. <b>Thread:</b> Thread-safe; every method posts. */
public interface CallControl {

    /** Answers an incoming call; nothing for a call of ours. */
    void answer();

    /** Ends the call in the way its state asks for. */
    void hangUp(LegEnd cause);

    /** The line closes: says goodbye and does not wait for an answer. */
    void abandon();

    /** Puts the other side on hold, or ends that. */
    void hold(boolean wanted);

    void transfer(PhoneNumber to);

    void transferTo(CallControl consultation);

    /** Sends digits as requests; false when they go through the media instead. */
    boolean sendDigits(String digits);

    /** Tells, in this call's mailbox, the URI by which somebody else can take this call's far end over; empty when it is not up. */
    void takeoverUri(Consumer<Optional<String>> to);
}
