package dev.revox.bench.turns;

import dev.revox.bench.clip.Clip;
import dev.revox.bench.clip.Delays;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets LiveKit Agents JS, in a process of its own and in real time, answer the same clips. */
final class LiveKitPeer {

    private static final String DRIVER = "livekit-turns.mjs";
    private static final Pattern LINE = Pattern.compile(
            "\\{\"clip\":(?<clip>\\d+),\"gapMs\":(?<gap>[-0-9.]+|null),\"cut\":(?<cut>true|false),\"calls\":(?<calls>\\d+)}");

    private final Path installed;
    private final Path clipFolder;
    private final List<Clip> clips;

    LiveKitPeer(Path installed, Path clipFolder, List<Clip> clips) {
        this.installed = installed;
        this.clipFolder = clipFolder;
        this.clips = clips;
    }

    /** @param mode {@code default} or {@code tuned} */
    List<Outcome> answered(String mode, Delays delays) throws IOException {
        // Node looks for packages beside the script.
        Path script = installed.resolve(DRIVER);
        try (InputStream driver = Objects.requireNonNull(LiveKitPeer.class.getResourceAsStream(DRIVER), DRIVER)) {
            Files.copy(driver, script, StandardCopyOption.REPLACE_EXISTING);
        }
        Process process = new ProcessBuilder(
                        "node",
                        script.toString(),
                        mode,
                        clipFolder.toString(),
                        Integer.toString(clips.size()),
                        Integer.toString(delays.recogniserMs()),
                        Integer.toString(delays.modelMs()),
                        Integer.toString(delays.voiceMs()))
                .directory(installed.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            return read(lines);
        }
    }

    /** What it printed, a line for each clip; other lines are its own affair. */
    List<Outcome> read(BufferedReader lines) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher told = LINE.matcher(line);
            if (told.matches()) {
                outcomes.add(outcome(told));
            }
        }
        if (outcomes.size() != clips.size()) {
            throw new IOException("the peer answered for " + outcomes.size() + " of " + clips.size() + " clips");
        }
        return outcomes;
    }

    private Outcome outcome(Matcher told) {
        int number = Integer.parseInt(told.group("clip"));
        String gap = told.group("gap");
        return new Outcome(
                number,
                clips.get(number - 1).kind(),
                gap.equals("null") ? Double.NaN : Double.parseDouble(gap),
                told.group("cut").equals("true"),
                Integer.parseInt(told.group("calls")));
    }
}
