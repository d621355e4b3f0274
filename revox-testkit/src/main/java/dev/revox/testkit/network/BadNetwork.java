package dev.revox.testkit.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * One direction of a network with a {@link NetworkProfile}, in virtual time: packets and when they were sent go in, packets and
 * when they arrive come out. The same seed does the same.
 *
 * <p><b>Thread:</b> Confined to its caller.
 */
public final class BadNetwork {

    private static final double NANOS_PER_MS = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double FASTEST_SIGMAS = 4;
    private static final double DUPLICATE_MS = 5;
    private static final int STRANGE_SSRC = 0x57A46E;

    private final NetworkProfile profile;
    private final Random random;
    private final StreamEdit edit;
    private final byte[] strange;
    private boolean began;
    private long beganNanos;
    private boolean bad;
    private double stallFromNanos;
    private double sprayNanos;
    private int sprayed;

    public BadNetwork(NetworkProfile profile, long seed) {
        this.profile = profile;
        random = new Random(seed);
        edit = new StreamEdit(profile.faults());
        strange = StreamEdit.loudPacket(STRANGE_SSRC);
    }

    /** All packets of a stream at once, in the order in which they arrive. */
    public static List<Datagram> carry(NetworkProfile profile, long seed, List<Datagram> sent) {
        BadNetwork network = new BadNetwork(profile, seed);
        List<Datagram> arriving = new ArrayList<>(sent.size());
        sent.forEach(datagram -> network.send(datagram, arriving::add));
        // Stable: what a stall held back and lets go at once stays in the order in which it was sent.
        arriving.sort(Comparator.comparingLong(Datagram::arrivalNanos));
        return arriving;
    }

    /** Sends one packet, not before those sent earlier; tells of everything that will arrive because of it. */
    public void send(Datagram datagram, Consumer<Datagram> arrivals) {
        if (!began) {
            began = true;
            beganNanos = datagram.sentNanos();
            sprayNanos = beganNanos;
            stallFromNanos = beganNanos + stallGapNanos();
        }
        spray(datagram.sentNanos(), arrivals);
        byte[] bytes = edit.apply(datagram.bytes());
        boolean lost = loses();
        double arrival = driftedNanos(datagram.sentNanos()) + delayMs() * NANOS_PER_MS;
        boolean twice = random.nextDouble() < profile.duplicateShare();
        double again = random.nextDouble() * DUPLICATE_MS * NANOS_PER_MS;
        if (lost) {
            return;
        }
        arrivals.accept(new Datagram(bytes, datagram.sentNanos(), stalled(arrival), false));
        if (twice) {
            arrivals.accept(new Datagram(bytes, datagram.sentNanos(), stalled(arrival + again), false));
        }
    }

    private double driftedNanos(long sentNanos) {
        // A fast clock sends its frames sooner than they should be.
        return beganNanos + (sentNanos - beganNanos) / (1 + profile.driftPpm() / 1e6);
    }

    private boolean loses() {
        return switch (profile.loss()) {
            case Loss.Independent line -> random.nextDouble() < line.probability();
            case Loss.GilbertElliott line -> {
                bad = random.nextDouble() < (bad ? 1 - line.toGood() : line.toBad());
                yield random.nextDouble() < (bad ? line.lossWhileBad() : line.lossWhileGood());
            }
        };
    }

    private double delayMs() {
        double held = random.nextDouble() < profile.reorderShare() ? profile.reorderMs() : 0;
        return held
                + switch (profile.delay()) {
                    case Delay.Uniform uniform -> random.nextDouble() * uniform.maxMs();
                    case Delay.Normal normal -> Math.max(0, FASTEST_SIGMAS + random.nextGaussian()) * normal.sigmaMs();
                };
    }

    private double stallGapNanos() {
        // Half of the mean at least, so that stalls stay apart.
        return profile.stallEveryMs() * (0.5 + random.nextDouble()) * NANOS_PER_MS;
    }

    private long stalled(double arrivalNanos) {
        double length = profile.stallMs() * NANOS_PER_MS;
        if (profile.stallEveryMs() > 0) {
            while (arrivalNanos >= stallFromNanos + length) {
                stallFromNanos += length + stallGapNanos();
            }
            if (arrivalNanos >= stallFromNanos) {
                return (long) (stallFromNanos + length);
            }
        }
        return (long) arrivalNanos;
    }

    private void spray(long untilNanos, Consumer<Datagram> arrivals) {
        if (profile.sprayPerSecond() <= 0) {
            return;
        }
        while (sprayNanos <= untilNanos) {
            byte[] packet = StreamEdit.numbered(strange, sprayed++);
            arrivals.accept(new Datagram(packet, (long) sprayNanos, (long) sprayNanos, true));
            sprayNanos += NANOS_PER_SECOND / profile.sprayPerSecond();
        }
    }
}
