package dev.revox.testkit.network;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a network does to packets. Nothing by itself; each {@code with...} adds something.
 *
 * <p>{@link #ALL} are the six lines that buffers are measured on.
 *
 * <p><b>Thread:</b> Immutable: what changes is always a copy that nobody has seen yet. <b>Units:</b> shares within 0..1, ms, parts per
 * million.
 */
public final class NetworkProfile {

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

    private final String name;
    private Loss loss = new Loss.Independent(0);
    private Delay delay = new Delay.Uniform(0);
    private double stallEveryMs;
    private double stallMs;
    private double reorderShare;
    private double reorderMs;
    private double duplicateShare;
    private double driftPpm;
    private double sprayPerSecond;
    private List<Fault> faults = List.of();

    private NetworkProfile(String name) {
        this.name = name;
    }

    /** A network that does nothing. */
    public static NetworkProfile named(String name) {
        return new NetworkProfile(name);
    }

    /** The same under another name. */
    public NetworkProfile as(String other) {
        NetworkProfile copy = new NetworkProfile(other);
        copy.loss = loss;
        copy.delay = delay;
        copy.stallEveryMs = stallEveryMs;
        copy.stallMs = stallMs;
        copy.reorderShare = reorderShare;
        copy.reorderMs = reorderMs;
        copy.duplicateShare = duplicateShare;
        copy.driftPpm = driftPpm;
        copy.sprayPerSecond = sprayPerSecond;
        copy.faults = faults;
        return copy;
    }

    public NetworkProfile withLoss(Loss other) {
        NetworkProfile copy = as(name);
        copy.loss = other;
        return copy;
    }

    public NetworkProfile withDelay(Delay other) {
        NetworkProfile copy = as(name);
        copy.delay = other;
        return copy;
    }

    public NetworkProfile withStalls(double everyMs, double lengthMs) {
        NetworkProfile copy = as(name);
        copy.stallEveryMs = everyMs;
        copy.stallMs = lengthMs;
        return copy;
    }

    public NetworkProfile withReordering(double share, double byMs) {
        NetworkProfile copy = as(name);
        copy.reorderShare = share;
        copy.reorderMs = byMs;
        return copy;
    }

    public NetworkProfile withDuplicates(double share) {
        NetworkProfile copy = as(name);
        copy.duplicateShare = share;
        return copy;
    }

    public NetworkProfile withDrift(double ppm) {
        NetworkProfile copy = as(name);
        copy.driftPpm = ppm;
        return copy;
    }

    public NetworkProfile withSpray(double perSecond) {
        NetworkProfile copy = as(name);
        copy.sprayPerSecond = perSecond;
        return copy;
    }

    public NetworkProfile withFault(Fault fault) {
        NetworkProfile copy = as(name);
        copy.faults = Stream.concat(faults.stream(), Stream.of(fault)).toList();
        return copy;
    }

    public String name() {
        return name;
    }

    public Loss loss() {
        return loss;
    }

    public Delay delay() {
        return delay;
    }

    /** On average; 0 for never. While it stalls nothing arrives, then everything at once. */
    public double stallEveryMs() {
        return stallEveryMs;
    }

    /** How long a stall is. */
    public double stallMs() {
        return stallMs;
    }

    /** Packets that are held back by {@link #reorderMs}. */
    public double reorderShare() {
        return reorderShare;
    }

    public double reorderMs() {
        return reorderMs;
    }

    /** Packets that come a second time, up to 5 ms later. */
    public double duplicateShare() {
        return duplicateShare;
    }

    /** How much faster the sender's clock runs than the receiver's. */
    public double driftPpm() {
        return driftPpm;
    }

    /** Packets of a stranger, as RTP of a source of its own. */
    public double sprayPerSecond() {
        return sprayPerSecond;
    }

    /** What happens once each. */
    public List<Fault> faults() {
        return faults;
    }
}
