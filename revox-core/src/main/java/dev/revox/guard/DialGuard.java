package dev.revox.guard;

import dev.revox.schedule.limit.AttemptCap;
import dev.revox.schedule.limit.GuardAnswer;
import java.time.Duration;
import java.util.List;

/**
 * A port that may hold an attempt back or forbid it. It is asked when an order is placed and again right before each INVITE.
 *
 * <p>A guard fails closed: one that throws or answers {@code null} holds the attempt back for a minute, or keeps the order from
 * being placed. {@link #all} sees to that; a guard asked directly has to be trusted.
 *
 * <p><b>Thread:</b> asked from any thread, from several at once. It may block, and a slow one delays the call.
 */
@FunctionalInterface
public interface DialGuard {
    /** A guard that minds nothing. */
    DialGuard OPEN = question -> GuardAnswer.YES;

    /** What the guard says of an attempt at {@link DialQuestion#at()}. Its words hold no number. */
    GuardAnswer ask(DialQuestion question);

    /** What a failure of this guard is reported under. */
    default String name() {
        String name = getClass().getSimpleName();
        int lambda = name.indexOf("$$");
        return lambda > 0 ? name.substring(0, lambda) : name;
    }

    /**
     * All of them as one, of which the strictest answer counts: never before not-before, the later instant before the earlier,
     * and yes last. Of two that say never, the first named is heard. It never throws.
     */
    static DialGuard all(DialGuard... guards) {
        return all(List.of(guards));
    }

    /** As {@link #all(DialGuard...)}. */
    static DialGuard all(List<? extends DialGuard> guards) {
        return new AllGuards(List.copyOf(guards));
    }

    /** This guard under another name. */
    default DialGuard named(String name) {
        return new NamedGuard(name, this);
    }

    /** Never a number on the list. */
    static DialGuard suppression(SuppressionList list) {
        return new SuppressionGuard(list);
    }

    /**
     * Never a number whose owner has not agreed.
     *
     * @param rule what asks for it, such as a law's name
     */
    static DialGuard consent(ConsentRegister register, String rule) {
        return new ConsentGuard(register, rule);
    }

    /** Not before the caps on a number's attempts over all orders allow another one. */
    static DialGuard caps(NumberHistory history, AttemptCap... caps) {
        return new CapGuard(history, List.of(caps));
    }

    /**
     * Not before a person who refused has been left alone for so long.
     *
     * @param rule what asks for it, such as a law's name
     * @throws IllegalArgumentException when the silence is negative or longer than 36500 days
     */
    static DialGuard silenceAfterRefusal(NumberHistory history, Duration silence, String rule) {
        return new RefusalGuard(history, silence, rule);
    }
}
