package dev.revox.testkit.provider.fault;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Which request fails how. <b>Thread:</b> Thread-safe. */
public final class Faults {

    private final Queue<Fault> once = new ArrayDeque<>();
    private @Nullable Fault always;

    public synchronized void next(Fault fault) {
        once.add(fault);
    }

    public synchronized void always(Optional<Fault> fault) {
        always = fault.orElse(null);
    }

    /** The fault of a request that begins now. */
    public synchronized Optional<Fault> take() {
        Fault planned = once.poll();
        return Optional.ofNullable(planned != null ? planned : always);
    }

    /** The refusal of a connection that begins now; other faults wait for what is said on it. */
    public synchronized Optional<Fault.Refuse> takeRefusal() {
        if (once.peek() instanceof Fault.Refuse refusal) {
            once.remove();
            return Optional.of(refusal);
        }
        return once.isEmpty() && always instanceof Fault.Refuse refusal ? Optional.of(refusal) : Optional.empty();
    }
}
