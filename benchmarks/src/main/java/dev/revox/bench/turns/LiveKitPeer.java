package dev.revox.bench.turns;

import dev.revox.bench.clip.Clip;
import dev.revox.bench.clip.Delays;
import dev.revox.bench.peer.NodeScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        return read(NodeScript.run(
                installed,
                LiveKitPeer.class,
                DRIVER,
                List.of(
                        mode,
                        clipFolder.toString(),
                        Integer.toString(clips.size()),
                        Integer.toString(delays.recogniserMs()),
                        Integer.toString(delays.modelMs()),
                        Integer.toString(delays.voiceMs()))));
    }

    /** What it printed, a line for each clip; other lines are its own affair. */
    List<Outcome> read(List<String> lines) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        for (String line : lines) {
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
