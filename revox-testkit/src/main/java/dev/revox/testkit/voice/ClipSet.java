package dev.revox.testkit.voice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All sentences that one voice can say.
 *
 * <p>The clips and {@code clips.tsv} are made by {@code src/voices/make-clips.py}.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class ClipSet {

    private final String speaker;
    private final List<Clip> clips;

    private ClipSet(String speaker, List<Clip> clips) {
        this.speaker = speaker;
        this.clips = List.copyOf(clips);
    }

    /** The female American voice of Ada, the agent. */
    public static ClipSet agent() {
        return Agent.SET;
    }

    /** The male British voice of the person on the line. */
    public static ClipSet caller() {
        return Caller.SET;
    }

    private static final class Agent {
        static final ClipSet SET = load("agent");
    }

    private static final class Caller {
        static final ClipSet SET = load("caller");
    }

    private static ClipSet load(String speaker) {
        List<Clip> clips = new ArrayList<>();
        for (String line : new String(resource("clips.tsv"), StandardCharsets.UTF_8)
                .lines()
                .filter(l -> l.startsWith(speaker + "\t"))
                .toList()) {
            String[] fields = line.split("\t", -1);
            clips.add(clip(fields[1], fields[2], fields[3].split(" ")));
        }
        return new ClipSet(speaker, clips);
    }

    private static Clip clip(String file, String text, String[] spans) {
        String[] written = text.split(" ");
        List<Clip.Word> words = new ArrayList<>();
        for (int i = 0; i < written.length; i++) {
            int dash = spans[i].indexOf('-');
            words.add(new Clip.Word(
                    written[i],
                    Integer.parseInt(spans[i].substring(0, dash)),
                    Integer.parseInt(spans[i].substring(dash + 1))));
        }
        try (InputStream wav = ClipSet.class.getResourceAsStream(file)) {
            if (wav == null) {
                throw new IllegalStateException("clip " + file + " is not on the class path");
            }
            return new Clip(text, words, Sound.read(wav));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = ClipSet.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String speaker() {
        return speaker;
    }

    public List<Clip> clips() {
        return clips;
    }

    /** The clip of a whole sentence; case and punctuation do not matter. */
    public Optional<Clip> sentence(String text) {
        List<String> wanted = words(text);
        return clips.stream().filter(clip -> words(clip.text()).equals(wanted)).findFirst();
    }

    /** A text's words without case and punctuation. */
    public static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).replace("'", "").split("[^a-z0-9-]+"))
                .filter(word -> !word.isEmpty() && !word.equals("-"))
                .toList();
    }
}
