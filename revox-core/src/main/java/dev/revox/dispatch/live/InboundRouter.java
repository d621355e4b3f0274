package dev.revox.dispatch.live;

import dev.revox.assistant.Assistant;
import dev.revox.line.IncomingCall;
import java.util.Optional;

/** Decides which assistant answers an incoming call. <b>Thread:</b> called on the line's threads; must not block. */
@FunctionalInterface
public interface InboundRouter {
    /** The assistant that answers, or empty to refuse the call. */
    Optional<Assistant> route(IncomingCall call);
}
