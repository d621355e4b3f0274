package dev.revox.bench.turns;

import dev.revox.agent.turn.TurnSettings;
import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.bench.clip.CallerTurn;
import dev.revox.bench.clip.Clip;
import dev.revox.bench.clip.Clips;
import dev.revox.bench.clip.Delays;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The command {@code turns}: how soon callers are answered, and how often too soon. */
public final class TurnHarness {

    private static final TurnSettings LATE =
            TurnSettings.builder().preemptive(false).build();

    private TurnHarness() {}

    /**
     * Prints the table.
     *
     * @param peer folder in which LiveKit Agents JS is installed; left out when empty
     */
    public static void run(long seed, Optional<Path> peer, PrintStream out) throws IOException, InterruptedException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "revox-turns-" + seed);
        List<Clip> clips = new Clips(folder, seed, Clips.Timing.OF_TURNS).make(CallerTurn.ALL);
        VoiceActivityModel voices = VoiceActivity.best(ModelStore.usual());
        out.printf("%d clips of espeak-ng, seed %d, in %s. %s%n%n", clips.size(), seed, folder, voices.reason());
        for (Delays delays : List.of(Delays.IDEAL, Delays.USUAL)) {
            out.printf(
                    "%nRecogniser %d ms, model %d ms, voice %d ms:%n%n",
                    delays.recogniserMs(), delays.modelMs(), delays.voiceMs());
            TurnTable table = new TurnTable(out);
            table.begin();
            table.row("Revox", answered(clips, delays, voices, TurnSettings.DEFAULT));
            table.row("Revox without preemption", answered(clips, delays, voices, LATE));
            if (peer.isPresent()) {
                LiveKitPeer liveKit = new LiveKitPeer(peer.get(), folder, clips);
                table.row("LiveKit", liveKit.answered("default", delays));
                table.row("LiveKit tuned", liveKit.answered("tuned", delays));
            } else {
                out.println();
                out.println(
                        "LiveKit Agents JS was not measured: REVOX_PEERS does not name a folder where it is installed.");
            }
            table.byKind();
        }
        voices.close();
    }

    /**
     * The turn gap with ideal providers in so many rounds, by turns with the peer, each with clips of its own; prints the ratio.
     *
     * @param firstSeed of the first round; each following one has the next
     */
    public static void rounds(long firstSeed, int rounds, Path peer, PrintStream out)
            throws IOException, InterruptedException {
        VoiceActivityModel voices = VoiceActivity.best(ModelStore.usual());
        out.println("| round | Revox gap p50 ms | LiveKit gap p50 ms | ratio | Revox cuts | LiveKit cuts |");
        out.println("|---|---|---|---|---|---|");
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            long seed = firstSeed + round;
            Path folder = Path.of(System.getProperty("java.io.tmpdir"), "revox-turns-" + seed);
            List<Clip> clips = new Clips(folder, seed, Clips.Timing.OF_TURNS).make(CallerTurn.ALL);
            List<Outcome> own = answered(clips, Delays.IDEAL, voices, TurnSettings.DEFAULT);
            List<Outcome> theirs = new LiveKitPeer(peer, folder, clips).answered("default", Delays.IDEAL);
            double ratio = TurnTable.gap(own, 0.5) / TurnTable.gap(theirs, 0.5);
            ratios.add(ratio);
            out.printf(
                    Locale.ROOT,
                    "| %d | %.0f | %.0f | %.2f | %d of %d | %d of %d |%n",
                    seed,
                    TurnTable.gap(own, 0.5),
                    TurnTable.gap(theirs, 0.5),
                    ratio,
                    TurnTable.cuts(own),
                    own.size(),
                    TurnTable.cuts(theirs),
                    theirs.size());
        }
        Collections.sort(ratios);
        out.printf(
                Locale.ROOT,
                "%nRatio: median %.2f, from %.2f to %.2f%n",
                ratios.get(ratios.size() / 2),
                ratios.getFirst(),
                ratios.getLast());
        voices.close();
    }

    private static List<Outcome> answered(
            List<Clip> clips, Delays delays, VoiceActivityModel voices, TurnSettings settings) {
        return clips.stream()
                .map(clip -> new TurnCall(clip, delays, voices).run(settings))
                .toList();
    }
}
