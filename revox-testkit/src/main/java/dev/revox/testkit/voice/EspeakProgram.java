package dev.revox.testkit.voice;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The program {@code espeak-ng} of this machine, where there is one.
 *
 * <p><b>Thread:</b> Immutable; each sentence is a process of its own.
 */
record EspeakProgram(File program, String voice, int wordsPerMinute) {

    private static final int USUAL_WORDS_PER_MINUTE = 165;

    static Optional<EspeakProgram> find(String speaker) {
        return find(speaker.equals("agent") ? "en-us+f3" : "en+m3", USUAL_WORDS_PER_MINUTE);
    }

    /** Speaking in one of its voices. */
    static Optional<EspeakProgram> find(String voice, int wordsPerMinute) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> new File(folder, "espeak-ng"))
                .filter(File::canExecute)
                .findFirst()
                .map(program -> new EspeakProgram(program, voice, wordsPerMinute));
    }

    Sound say(String text) {
        try {
            // The text goes in by standard input: it may begin with a dash.
            Process process = new ProcessBuilder(
                            program.getPath(),
                            "-v",
                            voice,
                            "-s",
                            Integer.toString(wordsPerMinute),
                            "--stdin",
                            "--stdout")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.outputWriter().append(text).close();
            try (InputStream wav = process.getInputStream()) {
                return Sound.read(wav);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("espeak-ng failed", e);
        }
    }
}
