package dev.revox.examples.demo;

import dev.revox.attempt.CallAttempt;
import dev.revox.audio.onnx.ModelFile;
import dev.revox.audio.onnx.ModelSpec;
import dev.revox.audio.onnx.ModelStore;
import dev.revox.conversation.TurnLatency;
import dev.revox.conversation.TurnLatency.Milestone;
import dev.revox.store.StoredAttempt;
import dev.revox.transcript.TranscriptItem;
import dev.revox.wire.CallReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Prints what came of a call: transcript, latencies, outcome, files.
 *
 * <p><b>Thread:</b> Confined to the demo's main thread.
 */
final class Findings {

    private static final Map<Milestone, String> STAGES = stages();

    private final PrintStream out;

    Findings(PrintStream out) {
        this.out = out;
    }

    private static Map<Milestone, String> stages() {
        EnumMap<Milestone, String> names = new EnumMap<>(Milestone.class);
        names.put(Milestone.VAD_END, "vad");
        names.put(Milestone.STT_FINAL, "stt");
        names.put(Milestone.TURN_CLOSED, "wait");
        names.put(Milestone.LLM_FIRST_TOKEN, "llm");
        names.put(Milestone.FIRST_CLAUSE, "clause");
        names.put(Milestone.TTS_FIRST_BYTE, "tts");
        names.put(Milestone.PROVIDER, "provider");
        names.put(Milestone.FIRST_PACKET, "packet");
        return names;
    }

    void print(CallReport report, List<StoredAttempt> attempts, Path folder) {
        for (CallAttempt attempt : report.attempts()) {
            transcript(attempt);
        }
        for (StoredAttempt stored : attempts) {
            latencies(stored.turns());
            var media = stored.media();
            out.printf(
                    Locale.ROOT,
                    "%nRTP: codec %s, %d packets sent, %d received, %d lost, %d concealed, jitter %.1f ms, MOS-LQ %.1f; voice activity: %s%n",
                    media.codec(),
                    media.packetsSent(),
                    media.packetsReceived(),
                    media.packetsLost(),
                    media.packetsConcealed(),
                    media.jitterMicros() / 1000.0,
                    media.quality().mosListening(),
                    media.voiceActivity());
            modelFile(media.voiceActivity()).ifPresent(file -> out.println("  model file: " + file.toAbsolutePath()));
            if (media.voiceActivity().equals("energy")) {
                out.println("  the built-in energy VAD listened: " + ModelSpec.SILERO_VAD.fileName()
                        + " was found nowhere; set REVOX_MODELS to the folder that holds it");
            }
        }
        outcome(report, folder);
    }

    /** The line found its model by itself; asked again, the store finds the same file. */
    private static Optional<Path> modelFile(String voiceActivity) {
        return voiceActivity.equals("silero")
                ? ModelStore.usual().find(ModelSpec.SILERO_VAD).flatMap(ModelFile::path)
                : Optional.empty();
    }

    private void transcript(CallAttempt attempt) {
        heading("Transcript (what each side heard of the other)");
        for (TranscriptItem item : attempt.transcript().orElse(List.of())) {
            switch (item) {
                case TranscriptItem.User user -> out.println("  caller  " + user.content());
                case TranscriptItem.Assistant agent ->
                    out.println("  agent   " + agent.content() + (agent.interrupted() ? " [interrupted here]" : ""));
                case TranscriptItem.Tool tool -> out.println("  tool    " + tool.name() + ": " + tool.content());
            }
        }
    }

    private void latencies(List<TurnLatency> turns) {
        heading("Latency of each answered turn, in ms from the end of the caller's speech");
        out.print("  turn");
        STAGES.values().forEach(name -> out.printf("%8s", name));
        out.printf("%8s%12s%n", "total", "Revox added");
        for (TurnLatency turn : turns) {
            Map<Milestone, Duration> stages = turn.stages();
            out.printf("%6d", turn.turn());
            for (Milestone milestone : STAGES.keySet()) {
                Duration stage = stages.get(milestone);
                out.printf("%8s", stage == null ? "-" : Long.toString(stage.toMillis()));
            }
            out.printf(
                    "%8d%12.1f%n", turn.total().toMillis(), turn.engineAdded().toNanos() / 1e6);
        }
        List<Double> added = turns.stream()
                .map(turn -> turn.engineAdded().toNanos() / 1e6)
                .sorted()
                .toList();
        if (!added.isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "  Revox added: median %.1f ms, maximum %.1f ms (goal: 40 ms)%n",
                    added.get(added.size() / 2),
                    added.getLast());
        }
    }

    private void outcome(CallReport report, Path folder) {
        heading("Outcome");
        out.println("  order    " + report.order().status().name().toLowerCase(Locale.ROOT));
        for (CallAttempt attempt : report.attempts()) {
            attempt.result().ifPresent(by -> out.println("  answered by  " + by.wireName()));
            attempt.dialError().ifPresent(error -> out.println("  dial error  " + error));
            attempt.structuredOutput().ifPresent(fields -> out.println("  found    " + fields));
            attempt.recordingUrl().ifPresent(url -> out.println("  stereo recording  " + Path.of(url)));
        }
        Path json = folder.resolve(report.order().id() + ".json");
        try {
            Files.createDirectories(folder);
            Files.writeString(json, report.toJson());
            out.println("  the call's JSON   " + json);
        } catch (IOException e) {
            out.println("  the call's JSON could not be written to " + json + ": " + e.getMessage());
        }
    }

    private void heading(String text) {
        out.println();
        out.println(text);
    }
}
