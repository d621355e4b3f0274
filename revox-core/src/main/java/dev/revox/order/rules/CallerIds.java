package dev.revox.order.rules;

import dev.revox.phone.PhoneNumber;
import java.util.Optional;
import java.util.Set;

/** Which numbers calls may show as their own. <b>Thread:</b> Thread-safe. */
@FunctionalInterface
public interface CallerIds {
    boolean mayShow(Optional<String> organizationId, PhoneNumber number);

    /** Only these, or any when there is none. */
    static CallerIds of(Set<PhoneNumber> numbers) {
        Set<PhoneNumber> own = Set.copyOf(numbers);
        return (organizationId, number) -> own.isEmpty() || own.contains(number);
    }
}
