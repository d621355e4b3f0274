package dev.revox.line;

import dev.revox.time.TimeSource;
import java.util.function.Consumer;

/**
 * A way to place and take calls: a SIP trunk, or a scripted line in tests.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface CallLine extends AutoCloseable {

    /** Opens sockets and registers where needed. Called once, before any other method but {@link #onIncoming}. */
    void start(TimeSource time);

    /**
     * Starts dialling and returns at once.
     *
     * @param listener receives the leg's events on the line's threads, one at a time, in order; it must only hand them on
     */
    CallLeg dial(DialRequest request, Consumer<LegEvent> listener);

    /** What this line can carry; without limits when left out. */
    default LineLimits limits() {
        return LineLimits.NONE;
    }

    /** Sets who decides about incoming calls; before the start, so that none is missed. Without one they are refused. */
    void onIncoming(IncomingHandler handler);

    /** Ends every leg, frees ports and threads. Idempotent. */
    @Override
    void close();
}
