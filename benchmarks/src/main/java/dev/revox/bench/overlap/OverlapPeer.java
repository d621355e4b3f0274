package dev.revox.bench.overlap;

import dev.revox.bench.clip.Clip;
import dev.revox.bench.clip.Delays;
import dev.revox.bench.peer.NodeScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets LiveKit Agents JS with its defaults, in a process of its own and in real time, hear the same clips over its answers. */
final class OverlapPeer {

    private static final String DRIVER = "livekit-overlap.mjs";
    private static final Pattern LINE =
            Pattern.compile("\\{\"clip\":(?<clip>\\d+),\"pausedMs\":(?<paused>[-0-9.]+|null),"
                    + "\"flushed\":(?<flushed>true|false),\"whole\":(?<whole>true|false)}");

    private final Path installed;
    private final Path clipFolder;
    private final List<Clip> clips;

    OverlapPeer(Path installed, Path clipFolder, List<Clip> clips) {
        this.installed = installed;
        this.clipFolder = clipFolder;
        this.clips = clips;
    }

    List<Overlap> answered(Delays delays) throws IOException {
        List<String> lines = NodeScript.run(
                installed,
                OverlapPeer.class,
                DRIVER,
                List.of(
                        clipFolder.toString(),
                        Integer.toString(clips.size()),
                        Integer.toString(OverlapCall.ANSWER_SECONDS),
                        Integer.toString(delays.recogniserMs()),
                        Integer.toString(delays.modelMs()),
                        Integer.toString(delays.voiceMs())));
        List<Overlap> overlaps = new ArrayList<>();
        for (String line : lines) {
            Matcher told = LINE.matcher(line);
            if (told.matches()) {
                overlaps.add(overlap(told));
            }
        }
        if (overlaps.size() != clips.size()) {
            throw new IOException("the peer answered for " + overlaps.size() + " of " + clips.size() + " clips");
        }
        return overlaps;
    }

    private Overlap overlap(Matcher told) {
        int number = Integer.parseInt(told.group("clip"));
        String paused = told.group("paused");
        return new Overlap(
                number,
                clips.get(number - 1).kind(),
                paused.equals("null") ? Double.NaN : Double.parseDouble(paused),
                told.group("flushed").equals("true"),
                told.group("whole").equals("true"));
    }
}
