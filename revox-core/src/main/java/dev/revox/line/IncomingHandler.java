package dev.revox.line;

import java.util.Optional;
import java.util.function.Consumer;

/** Decides about calls that come in. <b>Thread:</b> called on the line's threads; must not block. */
@FunctionalInterface
public interface IncomingHandler {

    /**
     * Takes or refuses a call that has passed the line's own access rules.
     *
     * @return who listens to the leg's events, or empty to refuse the call. The leg is not answered yet: whoever takes it
     *     calls {@link CallLeg#answer()}.
     */
    Optional<Consumer<LegEvent>> incoming(IncomingCall call, CallLeg leg);
}
