package dev.revox.sip.event;

import java.time.Duration;

/**
 * How long digits that are sent as named events last, and how far they are apart.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param tone 100 ms to 10 s
 * @param gap 100 ms to 10 s
 */
public record DigitTiming(Duration tone, Duration gap) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** 250 ms and 300 ms: slower than most switches need, and understood by the oldest of them. */
    public static final DigitTiming DEFAULT =
            new DigitTiming(Duration.ofMillis(DtmfSender.TONE_MS), Duration.ofMillis(DtmfSender.GAP_MS));

    public DigitTiming {
        check("tone", tone);
        check("gap", gap);
    }

    private static void check(String name, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be 100 ms to 10 s, was " + value);
        }
    }

    int toneMs() {
        return (int) tone.toMillis();
    }

    int gapMs() {
        return (int) gap.toMillis();
    }
}
