package dev.revox.bench.turns;

import dev.revox.agent.turn.TurnSettings;
import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.audio.vad.VoiceActivityModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
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
        List<Clip> clips = new Clips(folder, seed).make();
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

    private static List<Outcome> answered(
            List<Clip> clips, Delays delays, VoiceActivityModel voices, TurnSettings settings) {
        return clips.stream()
                .map(clip -> new TurnCall(clip, delays, voices).run(settings))
                .toList();
    }
}
