package dev.revox.campaign;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A person of a campaign as stored. Its {@code toString} holds neither number nor texts.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param id the id that its order will have; contacts sort by it in the order in which they were added
 * @param number in E.164, or as it was given when it could not be read
 * @param reference the host's own key, unique within the campaign
 * @param placed whether there is an order
 * @param attempted whether it has been called at least once
 * @param rejection why no order could be made of it
 */
public record Contact(
        String id,
        String number,
        Map<String, String> variables,
        Map<String, String> metadata,
        Optional<String> reference,
        ContactState state,
        boolean placed,
        boolean attempted,
        Optional<String> rejection) {

    public Contact {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** A contact that waits for its order. */
    public static Contact pending(String id, String e164, ContactData data) {
        return of(id, e164, data, ContactState.PENDING, Optional.empty());
    }

    /** A contact that can have no order. */
    public static Contact rejected(String id, ContactData data, String why) {
        return of(id, data.number(), data, ContactState.REJECTED, Optional.of(why));
    }

    private static Contact of(
            String id, String number, ContactData data, ContactState state, Optional<String> rejection) {
        return new Contact(
                id, number, data.variables(), data.metadata(), data.reference(), state, false, false, rejection);
    }

    /** What a move of its order makes of it; nothing once it has ended. */
    public Contact moved(ContactState asked) {
        if (state.ended()) {
            return this;
        }
        // Only the contact knows whether there was an attempt before.
        ContactState next = asked == ContactState.RETRYING && !attempted ? ContactState.PLACED : asked;
        return new Contact(
                id,
                number,
                variables,
                metadata,
                reference,
                next,
                true,
                attempted || next == ContactState.IN_CALL,
                rejection);
    }

    /** Without an order for good. */
    public Contact dropped(ContactState end, Optional<String> why) {
        return new Contact(id, number, variables, metadata, reference, end, placed, attempted, why);
    }

    @Override
    public String toString() {
        return "Contact[" + id + ", " + state + "]";
    }
}
