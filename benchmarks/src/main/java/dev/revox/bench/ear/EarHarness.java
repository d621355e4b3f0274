package dev.revox.bench.ear;

import dev.revox.testkit.network.Delay;
import dev.revox.testkit.network.Loss;
import dev.revox.testkit.network.NetworkProfile;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The command {@code ear}: two tables over six networks and two codecs, in virtual time. */
public final class EarHarness {

    private static final int PACKETS_PER_MINUTE = 3000;

    /**
     * NetEQ's delay in ms for PCMU and Opus on networks of these names, measured before with libwebrtc and not by this command; its
     * concealment there was 0 to 5.4 %.
     */
    private static final List<String> NET_EQ =
            List.of("20 / 34", "42 / 57", "62 / 74", "25 / 27", "25 / 71", "154 / 153");

    private static final double DRIFT_PPM = 200;
    private static final int DRIFT_MINUTES = 60;

    /** The line on which a person's buffer is to add at most 80 ms: packets that go astray by three places and jitter that reorders. */
    private static final NetworkProfile HARD = NetworkProfile.named("5 % loss, sigma 20 ms, 1 % twice, 1 % 60 ms late")
            .withLoss(new Loss.Independent(0.05))
            .withDelay(new Delay.Normal(20))
            .withDuplicates(0.01)
            .withReordering(0.01, 60);

    private EarHarness() {}

    /** Prints the tables for so many minutes of each network. */
    public static void run(int minutes, long seed, PrintStream out) {
        SpokenStream pcmu = SpokenStream.of("PCMU", minutes * PACKETS_PER_MINUTE);
        SpokenStream opus = SpokenStream.of("opus", minutes * PACKETS_PER_MINUTE);
        List<String> playout = new ArrayList<>();
        out.printf("%d minutes of each network, seed %d. Delays in ms from each packet's arrival.%n%n", minutes, seed);
        out.println(
                "| network | codec | lost % | ear p50 / p99 | made up % (by FEC) | fixed 60 ms p50 / p99 | made up % "
                        + "| NetEQ PCMU / Opus (constant) |");
        out.println("|---|---|---|---|---|---|---|---|");
        for (int i = 0; i < NetworkProfile.ALL.size(); i++) {
            NetworkProfile profile = NetworkProfile.ALL.get(i);
            for (SpokenStream stream : List.of(pcmu, opus)) {
                EarRun run = new EarRun(stream, profile, seed).run();
                out.println(earRow(profile, stream, run, NET_EQ.get(i)));
                playout.add(playoutRow(profile.name(), stream, run, NET_EQ.get(i)));
            }
        }
        for (SpokenStream stream : List.of(pcmu, opus)) {
            playout.add(playoutRow(HARD.name(), stream, new EarRun(stream, HARD, seed).run(), "goal p95 80"));
        }
        for (double ppm : new double[] {DRIFT_PPM, -DRIFT_PPM}) {
            NetworkProfile drift = NetworkProfile.named(
                            String.format(Locale.ROOT, "drift %+.0f ppm, %d min", ppm, DRIFT_MINUTES))
                    .withDrift(ppm);
            SpokenStream hour = SpokenStream.of("PCMU", DRIFT_MINUTES * PACKETS_PER_MINUTE);
            playout.add(playoutRow(drift.name(), hour, new EarRun(hour, drift, seed).run(), "-"));
        }
        out.println();
        out.println("Playout buffer of mixed legs, behind the ear:");
        out.println();
        out.println("| network | codec | delay p50 / p95 | made up % | left out or repeated | dropped ms "
                + "| NetEQ PCMU / Opus (constant) |");
        out.println("|---|---|---|---|---|---|---|");
        playout.forEach(out::println);
    }

    private static String earRow(NetworkProfile profile, SpokenStream stream, EarRun run, String netEq) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.2f | **%.1f / %.1f** | **%.2f** (%.2f) | %.1f / %.1f | %.2f | %s |",
                profile.name(),
                stream.codec(),
                run.lostPercent(),
                run.ear.quantile(0.5),
                run.ear.quantile(0.99),
                run.madeUpPercent(),
                run.recoveredPercent(),
                run.fixed.quantile(0.5),
                run.fixed.quantile(0.99),
                run.fixedMadeUpPercent(),
                netEq);
    }

    private static String playoutRow(String network, SpokenStream stream, EarRun run, String netEq) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | **%.1f / %.1f** | %.2f | %d | %.0f | %s |",
                network,
                stream.codec(),
                run.playout.quantile(0.5),
                run.playout.quantile(0.95),
                run.playoutMadeUpPercent(),
                run.person.corrections(),
                run.person.droppedSamples() * 1000.0 / stream.decoder().sampleRateHz(),
                netEq);
    }
}
