package dev.revox.wire.stored;

import dev.revox.RevoxException;
import dev.revox.assistant.Assistant;
import dev.revox.order.PlacedOrder;
import dev.revox.store.StoredAttempt;

/**
 * The texts that a store keeps of orders and attempts. What is read equals what was written, secrets included: the texts
 * belong into a store and nowhere else.
 *
 * <p>An order is three things. The content of its assistant is the same for many orders, and a store keeps it once. The rest
 * of what never changes is one text per order. What changes is {@link OrderState}, for columns.
 *
 * <p>The texts hold no control characters. They may hold halves of surrogate pairs, as the texts that they are made of may; what
 * stores them as UTF-8 must see to those.
 *
 * <p>The one thing that is not kept is the Java type of a number in a tool's arguments or in the structured output: it comes
 * back as JSON's own, {@code Integer}, {@code Long} or {@code BigInteger} when whole, {@code Double} when that is exact, else
 * {@code BigDecimal}.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class StoredForm {
    private StoredForm() {}

    /** An assistant without its id and instants: two snapshots of the same content give the same text. */
    public static String assistant(Assistant assistant) {
        return StoredText.write(AssistantForm.write(assistant));
    }

    /**
     * Reads what {@link #assistant(Assistant)} wrote; the assistant has no identity.
     *
     * @throws RevoxException when it is no such text
     */
    public static Assistant assistant(String text) {
        return StoredText.reading("assistant", text, AssistantForm::read);
    }

    /** What never changes of an order, but for the content of its assistant. */
    public static String order(PlacedOrder order) {
        return StoredText.write(OrderForm.write(order));
    }

    /**
     * Puts an order together again.
     *
     * @param text what {@link #order(PlacedOrder)} wrote
     * @param content what {@link #assistant(String)} read
     * @throws RevoxException when it is no such text
     */
    public static PlacedOrder order(String text, Assistant content, OrderState state) {
        return StoredText.reading("order", text, json -> OrderForm.read(json, content, state));
    }

    /** All of an attempt. */
    public static String attempt(StoredAttempt attempt) {
        return StoredText.write(AttemptForm.write(attempt));
    }

    /**
     * Reads what {@link #attempt(StoredAttempt)} wrote.
     *
     * @throws RevoxException when it is no such text
     */
    public static StoredAttempt attempt(String text) {
        return StoredText.reading("attempt", text, AttemptForm::read);
    }
}
