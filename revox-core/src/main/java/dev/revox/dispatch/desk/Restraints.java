package dev.revox.dispatch.desk;

import dev.revox.phone.PhoneNumber;
import dev.revox.schedule.limit.Limits;
import java.time.Instant;
import java.util.Optional;

/** What holds attempts on a number back beside its order's own policy: laws. <b>Thread:</b> Thread-safe; may block on the store. */
@FunctionalInterface
public interface Restraints {
    Restraints NONE = (tenant, number, from) -> Limits.NONE;

    /**
     * The limits for a number.
     *
     * @param from no attempt is planned before this
     */
    Limits limits(Optional<String> tenant, PhoneNumber number, Instant from);
}
