package dev.revox.audio.speech;

import dev.revox.audio.wav.WavFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Phrases that espeak-ng speaks, with pauses of known lengths between them. */
public final class LabelledSpeech {

    private static final int RATE_HZ = 16_000;
    private static final int BLOCK = RATE_HZ / 100;
    private static final double AUDIBLE_RMS = 100;
    private static final int SHORTEST_PAUSE_MS = 600;
    private static final int LONGEST_PAUSE_MS = 1600;
    private static final List<String> VOICES = List.of("en-us", "en-gb+f3", "de+m2", "fr+f2");
    private static final List<String> TEXTS = List.of(
            "Yes, this is Dana.",
            "No thank you.",
            "Could you call me back tomorrow?",
            "Half past seven.",
            "I am not interested.",
            "Just a moment.",
            "My number is four four seven.",
            "Hello?");

    private final short[] pcm;
    private final List<Span> phrases;

    private LabelledSpeech(short[] pcm, List<Span> phrases) {
        this.pcm = pcm;
        this.phrases = phrases;
    }

    /** The sound, at 16 kHz. */
    public short[] pcm() {
        return pcm;
    }

    /** Where each phrase sounds, in samples. */
    public List<Span> phrases() {
        return phrases;
    }

    /** From the first audible sample to behind the last one. */
    public record Span(int from, int to) {}

    /** Speaks; skips the test where espeak-ng or sox is not installed. */
    public static LabelledSpeech speak(Path folder, long seed) {
        Random random = new Random(seed);
        List<Span> spans = new ArrayList<>();
        short[] all = new short[RATE_HZ];
        for (String voice : VOICES) {
            for (String text : TEXTS) {
                short[] phrase = phrase(folder, voice, text);
                int from = all.length;
                int pause = RATE_HZ / 1000 * (SHORTEST_PAUSE_MS + random.nextInt(LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS));
                all = Arrays.copyOf(all, from + phrase.length + pause);
                System.arraycopy(phrase, 0, all, from, phrase.length);
                spans.add(new Span(from, from + phrase.length));
            }
        }
        return new LabelledSpeech(all, spans);
    }

    private static short[] phrase(Path folder, String voice, String text) {
        Path spoken = folder.resolve("spoken.wav");
        Path phrase = folder.resolve("phrase.wav");
        run("espeak-ng", "-v", voice, "-s", "165", "-w", spoken.toString(), text);
        run("sox", spoken.toString(), "-r", String.valueOf(RATE_HZ), "-c", "1", "-b", "16", phrase.toString());
        return trimmed(WavFile.read(phrase).samples()[0]);
    }

    private static short[] trimmed(short[] pcm) {
        int first = 0;
        while (first + BLOCK <= pcm.length && Speech.rms(pcm, first, first + BLOCK) < AUDIBLE_RMS) {
            first += BLOCK;
        }
        int last = pcm.length;
        while (last - BLOCK > first && Speech.rms(pcm, last - BLOCK, last) < AUDIBLE_RMS) {
            last -= BLOCK;
        }
        return Arrays.copyOfRange(pcm, first, last);
    }

    private static void run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command[0] + " failed");
            }
        } catch (IOException absent) {
            Assumptions.abort(command[0] + " is not installed");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
