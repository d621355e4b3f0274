package dev.revox.agent.stream;

/** Work under way at a provider. <b>Thread:</b> Thread-safe. */
@FunctionalInterface
public interface Cancellable {

    /** Stops the work and frees its connection at once; nothing reaches the sink afterwards. Idempotent, does not block. */
    void cancel();
}
