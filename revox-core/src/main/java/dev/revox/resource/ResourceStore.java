package dev.revox.resource;

/**
 * Where assistants, own numbers and suppressed numbers are kept.
 *
 * <p>Every method of it and of its parts may block on I/O, and throws a retryable {@code RevoxException} when the store cannot be
 * reached.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface ResourceStore {
    AssistantStore assistants();

    NumberStore numbers();

    SuppressionStore suppressions();

    /** A number that changes with every change of an assistant or an own number, made through whatever engine. */
    long revision();
}
