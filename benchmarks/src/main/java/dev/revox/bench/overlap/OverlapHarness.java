package dev.revox.bench.overlap;

import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.bench.clip.Clip;
import dev.revox.bench.clip.Clips;
import dev.revox.bench.clip.Delays;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The command {@code overlap}: how soon an agent falls silent for a caller, and how often for nothing. */
public final class OverlapHarness {

    private OverlapHarness() {}

    /**
     * Prints the table.
     *
     * @param peer folder in which LiveKit Agents JS is installed; left out when empty
     */
    public static void run(long seed, Optional<Path> peer, PrintStream out) throws IOException, InterruptedException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "revox-overlap-" + seed);
        List<Clip> clips = new Clips(folder, seed, Clips.Timing.OF_OVERLAPS).make(OverSpeech.ALL);
        VoiceActivityModel voices = VoiceActivity.best(ModelStore.usual());
        out.printf(
                "%d clips of espeak-ng and of noise made by code, seed %d, in %s; an answer of %d s. %s%n%n",
                clips.size(), seed, folder, OverlapCall.ANSWER_SECONDS, voices.reason());
        OverlapTable table = new OverlapTable(out);
        table.begin();
        for (Delays delays : List.of(Delays.IDEAL, Delays.USUAL)) {
            String what = ", recogniser " + delays.recogniserMs() + " ms";
            List<Overlap> own = clips.stream()
                    .map(clip -> new OverlapCall(clip, delays, voices).run())
                    .toList();
            table.row("Revox" + what, own);
            if (peer.isPresent()) {
                table.row("LiveKit" + what, new OverlapPeer(peer.get(), folder, clips).answered(delays));
            }
        }
        table.details();
        if (peer.isEmpty()) {
            out.println(
                    "LiveKit Agents JS was not measured: REVOX_PEERS does not name a folder where it is installed.");
        }
        voices.close();
    }
}
