package dev.revox.testkit.network;

import java.util.ArrayList;
import java.util.List;

/**
 * What a network does to packets. Nothing by itself; each {@code with...} adds something.
 *
 * <p>{@link #ALL} are the six lines that buffers are measured on.
 *
 * <p><b>Thread:</b> Immutable. <b>Units:</b> shares within 0..1, ms, parts per million.
 *
 * @param stallEveryMs on average; 0 for never. While it stalls nothing arrives, then everything at once
 * @param stallMs how long a stall is
 * @param reorderShare packets that are held back by {@code reorderMs}
 * @param duplicateShare packets that come a second time, up to 5 ms later
 * @param driftPpm how much faster the sender's clock runs than the receiver's
 * @param sprayPerSecond packets of a stranger, as RTP of a source of its own
 */
public record NetworkProfile(
        String name,
        Loss loss,
        Delay delay,
        double stallEveryMs,
        double stallMs,
        double reorderShare,
        double reorderMs,
        double duplicateShare,
        double driftPpm,
        double sprayPerSecond,
        List<Fault> faults) {

    public static final NetworkProfile CLEAN = named("clean");
    public static final NetworkProfile UNIFORM_JITTER = named("uniform 0-20 ms").withDelay(new Delay.Uniform(20));
    public static final NetworkProfile NORMAL_JITTER =
            named("normal sigma 13 ms").withDelay(new Delay.Normal(13));
    public static final NetworkProfile LOSS =
            named("5 % loss, 0-10 ms").withLoss(new Loss.Independent(0.05)).withDelay(new Delay.Uniform(10));
    public static final NetworkProfile BURSTS = named("Gilbert-Elliott, 0-15 ms")
            .withLoss(new Loss.GilbertElliott(0.01, 0.25, 0.001, 0.8))
            .withDelay(new Delay.Uniform(15));
    public static final NetworkProfile STALLS = named("150 ms stalls").withStalls(3000, 150);

    /** Clean, jitter, jitter that reorders, loss, bursts of loss, stalls. */
    public static final List<NetworkProfile> ALL = List.of(CLEAN, UNIFORM_JITTER, NORMAL_JITTER, LOSS, BURSTS, STALLS);

    public NetworkProfile {
        faults = List.copyOf(faults);
    }

    /** A network that does nothing. */
    public static NetworkProfile named(String name) {
        return new NetworkProfile(name, new Loss.Independent(0), new Delay.Uniform(0), 0, 0, 0, 0, 0, 0, 0, List.of());
    }

    public NetworkProfile withLoss(Loss other) {
        return new NetworkProfile(
                name,
                other,
                delay,
                stallEveryMs,
                stallMs,
                reorderShare,
                reorderMs,
                duplicateShare,
                driftPpm,
                sprayPerSecond,
                faults);
    }

    public NetworkProfile withDelay(Delay other) {
        return new NetworkProfile(
                name,
                loss,
                other,
                stallEveryMs,
                stallMs,
                reorderShare,
                reorderMs,
                duplicateShare,
                driftPpm,
                sprayPerSecond,
                faults);
    }

    public NetworkProfile withStalls(double everyMs, double lengthMs) {
        return new NetworkProfile(
                name,
                loss,
                delay,
                everyMs,
                lengthMs,
                reorderShare,
                reorderMs,
                duplicateShare,
                driftPpm,
                sprayPerSecond,
                faults);
    }

    public NetworkProfile withReordering(double share, double byMs) {
        return new NetworkProfile(
                name,
                loss,
                delay,
                stallEveryMs,
                stallMs,
                share,
                byMs,
                duplicateShare,
                driftPpm,
                sprayPerSecond,
                faults);
    }

    public NetworkProfile withDuplicates(double share) {
        return new NetworkProfile(
                name,
                loss,
                delay,
                stallEveryMs,
                stallMs,
                reorderShare,
                reorderMs,
                share,
                driftPpm,
                sprayPerSecond,
                faults);
    }

    public NetworkProfile withDrift(double ppm) {
        return new NetworkProfile(
                name,
                loss,
                delay,
                stallEveryMs,
                stallMs,
                reorderShare,
                reorderMs,
                duplicateShare,
                ppm,
                sprayPerSecond,
                faults);
    }

    public NetworkProfile withSpray(double perSecond) {
        return new NetworkProfile(
                name,
                loss,
                delay,
                stallEveryMs,
                stallMs,
                reorderShare,
                reorderMs,
                duplicateShare,
                driftPpm,
                perSecond,
                faults);
    }

    public NetworkProfile withFault(Fault fault) {
        List<Fault> more = new ArrayList<>(faults);
        more.add(fault);
        return new NetworkProfile(
                name,
                loss,
                delay,
                stallEveryMs,
                stallMs,
                reorderShare,
                reorderMs,
                duplicateShare,
                driftPpm,
                sprayPerSecond,
                more);
    }

    /** The same under another name. */
    public NetworkProfile as(String other) {
        return new NetworkProfile(
                other,
                loss,
                delay,
                stallEveryMs,
                stallMs,
                reorderShare,
                reorderMs,
                duplicateShare,
                driftPpm,
                sprayPerSecond,
                faults);
    }
}
