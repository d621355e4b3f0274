package dev.revox.guard;

import dev.revox.phone.PhoneNumber;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A port to what people have agreed to. The host keeps the proof; a consent that was withdrawn or has run out is not found.
 *
 * <p><b>Thread:</b> asked from any thread; may block. An exception counts as a failed guard: nobody is called.
 */
@FunctionalInterface
public interface ConsentRegister {
    /**
     * The consent of a number's owner that holds at an instant; empty without one.
     *
     * @param tenant the organization that was allowed to call, empty without tenants
     */
    Optional<Consent> find(Optional<String> tenant, PhoneNumber number, Instant at);

    /**
     * A consent to be called.
     *
     * @param proof where the host finds it again; holds no number
     */
    record Consent(Instant given, String proof) {
        public Consent {
            Objects.requireNonNull(given, "given");
            Objects.requireNonNull(proof, "proof");
        }
    }
}
