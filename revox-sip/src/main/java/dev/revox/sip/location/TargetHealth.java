package dev.revox.sip.location;

import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which targets are not worth trying for now.
 *
 * <p>Nothing is ever given up for good: when every target of a call is held back, they are all tried after all, for a wrong
 * guess costs a call and a try costs a second.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class TargetHealth {

    /** How long a target that did not answer, or could not be reached, is held back. */
    public static final Duration AFTER_FAILURE = Duration.ofSeconds(60);

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MAX_HELD = 1_000;

    private final TimeSource time;
    private final Map<Target, Long> heldUntilNanos = new ConcurrentHashMap<>();

    public TargetHealth(TimeSource time) {
        this.time = time;
    }

    /** Holds a target back. */
    public void holdBack(Target target, Duration howLong) {
        if (howLong.isZero() || howLong.isNegative()) {
            return;
        }
        Duration bounded = howLong.compareTo(LONGEST) > 0 ? LONGEST : howLong;
        if (heldUntilNanos.size() >= MAX_HELD) {
            heldUntilNanos.values().removeIf(until -> until - time.nanoTime() <= 0);
        }
        if (heldUntilNanos.size() < MAX_HELD) {
            heldUntilNanos.merge(target, time.nanoTime() + bounded.toNanos(), (a, b) -> a - b > 0 ? a : b);
        }
    }

    /** It has answered. */
    public void isWell(Target target) {
        heldUntilNanos.remove(target);
    }

    public boolean isHeldBack(Target target) {
        Long until = heldUntilNanos.get(target);
        return until != null && until - time.nanoTime() > 0;
    }

    /** Those to try, in their order; all of them when all are held back. */
    public List<Target> worthTrying(List<Target> targets) {
        List<Target> well = new ArrayList<>(targets);
        well.removeIf(this::isHeldBack);
        return well.isEmpty() ? targets : List.copyOf(well);
    }
}
