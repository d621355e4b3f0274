package dev.revox.testkit.voice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sentences spoken by {@code espeak-ng} at run time, of which it is known to the sample where they begin and end: the quiet around
 * them is cut away.
 *
 * <p>Within a sentence words are taken to be as long as they are written.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class LabelledSpeech {

    private static final int RATE_HZ = 8000;
    /** Below a hundredth of the peak nothing is taken for speech. */
    private static final int FLOOR = 100;

    private LabelledSpeech() {}

    /**
     * Says a sentence; empty when {@code espeak-ng} is not installed.
     *
     * @param voice one of its voices, as in {@code en-gb+m3}
     */
    public static Optional<Clip> say(String text, String voice, int wordsPerMinute) {
        return EspeakProgram.find(voice, wordsPerMinute).map(program -> {
            Sound sound = trimmed(program.say(text).at(RATE_HZ));
            return new Clip(text, words(text, sound.durationMs()), sound);
        });
    }

    /** The same clip without the quiet around its words. */
    public static Clip trimmed(Clip clip) {
        Sound sound = trimmed(clip.sound().at(RATE_HZ));
        int cutMs = (int) (first(clip.sound().at(RATE_HZ).pcm()) * 1000L / RATE_HZ);
        List<Clip.Word> words = clip.words().stream()
                .map(word -> new Clip.Word(
                        word.text(),
                        Math.clamp(word.startMs() - cutMs, 0, sound.durationMs()),
                        Math.clamp(word.endMs() - cutMs, 0, sound.durationMs())))
                .toList();
        return new Clip(clip.text(), words, sound);
    }

    private static List<Clip.Word> words(String text, int durationMs) {
        List<Clip.Word> words = new ArrayList<>();
        int at = 0;
        for (String word : text.split(" ")) {
            int startMs = (int) ((long) durationMs * at / text.length());
            at += word.length() + 1;
            int endMs = (int) ((long) durationMs * Math.min(at, text.length()) / text.length());
            words.add(new Clip.Word(word, startMs, endMs));
        }
        return words;
    }

    private static Sound trimmed(Sound sound) {
        short[] pcm = sound.pcm();
        int first = first(pcm);
        int last = pcm.length;
        int floor = floor(pcm);
        while (last > first && Math.abs(pcm[last - 1]) < floor) {
            last--;
        }
        return new Sound(Arrays.copyOfRange(pcm, first, last), sound.rateHz());
    }

    private static int first(short[] pcm) {
        int floor = floor(pcm);
        int first = 0;
        while (first < pcm.length && Math.abs(pcm[first]) < floor) {
            first++;
        }
        return first;
    }

    private static int floor(short[] pcm) {
        int peak = 0;
        for (short sample : pcm) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return Math.max(1, peak / FLOOR);
    }
}
