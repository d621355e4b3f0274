package dev.revox.testkit.sim;

import java.time.Duration;

/**
 * How often things go wrong.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param crashEvery mean time between crashes of a node; zero for never
 * @param pauseEvery mean time between pauses of a node, of seconds to two minutes; zero for never
 * @param clockEvery mean time between settings of a node's wall clock by up to an hour; zero for never
 * @param outageEvery mean time between outages of a node's way to the store; zero for never
 * @param slowOfThousand dealings with the store, of a thousand, in which time passes
 * @param unknownOfThousand commits, of a thousand, that come through although the node is told that they failed
 */
public record SimFaults(
        Duration crashEvery,
        Duration pauseEvery,
        Duration clockEvery,
        Duration outageEvery,
        int slowOfThousand,
        int unknownOfThousand) {
    /** A world without faults. */
    public static final SimFaults NONE =
            new SimFaults(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0);

    /** Crashes and nothing else: every node twice a day. */
    public static final SimFaults CRASHES =
            new SimFaults(Duration.ofHours(12), Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0);

    /** Everything, several times a day. */
    public static final SimFaults ALL =
            new SimFaults(Duration.ofHours(6), Duration.ofHours(4), Duration.ofHours(24), Duration.ofHours(8), 20, 3);
}
