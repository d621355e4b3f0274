package dev.revox.testkit.wire;

import dev.revox.testkit.provider.Speaker;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.Sound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A voice that says each word as two tones of its own, without a gap between words, and the ear that reads them back from sound that
 * has been through a telephone line.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class WordTones implements Speaker {

    private static final int LOWEST_HZ = 420;
    private static final int LOW_STEP_HZ = 75;
    private static final int LOW_TONES = 10;
    private static final int HIGHEST_HZ = 1350;
    private static final int HIGH_STEP_HZ = 130;
    private static final int HIGH_TONES = 14;
    private static final double AMPLITUDE = 5000;
    private static final int MS_PER_LETTER = 40;

    private static final int BLOCK_MS = 40;
    private static final int HOP_MS = 10;
    /** Share of a block's energy that its two tones hold when it is one word. */
    private static final double PURE = 0.75;

    private static final double QUIET_RMS = 300;
    /** A word that was heard for so many hops was audible. */
    private static final int AUDIBLE_HOPS = 2;

    private final Map<String, Integer> codes = new LinkedHashMap<>();

    /** Words are as long as they are written, with the blank behind them. */
    @Override
    public short[] speak(String text, int sampleRateHz) {
        String[] written = text.strip().split(" +");
        Sound said = Sound.silence(0, sampleRateHz);
        for (int i = 0; i < written.length; i++) {
            int letters = written[i].length() + (i + 1 < written.length ? 1 : 0);
            String word = String.join("", ClipSet.words(written[i]));
            short[] pcm = word.isEmpty()
                    ? new short[sampleRateHz / 1000 * MS_PER_LETTER * letters]
                    : tones(code(word), MS_PER_LETTER * letters, sampleRateHz);
            said = said.then(new Sound(pcm, sampleRateHz));
        }
        return said.pcm();
    }

    private synchronized int code(String word) {
        int next = codes.size();
        int code = codes.computeIfAbsent(word, unused -> next);
        if (code >= LOW_TONES * HIGH_TONES) {
            throw new IllegalStateException("at most " + LOW_TONES * HIGH_TONES + " words have tones of their own");
        }
        return code;
    }

    private synchronized String word(int code) {
        return codes.entrySet().stream()
                .filter(entry -> entry.getValue() == code)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("?");
    }

    private static int lowHz(int code) {
        return LOWEST_HZ + LOW_STEP_HZ * (code % LOW_TONES);
    }

    private static int highHz(int code) {
        // Neighbours in the list of words differ in both tones, and every pair of tones is one word: 11 and 14 have no
        // divisor.
        return HIGHEST_HZ + HIGH_STEP_HZ * ((code / LOW_TONES + code) % HIGH_TONES);
    }

    private static short[] tones(int code, int ms, int rateHz) {
        short[] pcm = new short[rateHz * ms / 1000];
        int ramp = rateHz / 500;
        for (int i = 0; i < pcm.length; i++) {
            double edge = Math.min(1.0, Math.min(i + 1, pcm.length - i) / (double) ramp);
            double t = 2 * Math.PI * i / rateHz;
            pcm[i] = (short) (AMPLITUDE * edge * (Math.sin(t * lowHz(code)) + Math.sin(t * highHz(code))));
        }
        return pcm;
    }

    /** The words that can be heard in a piece of sound, also those that were cut. */
    public List<String> audible(Sound sound) {
        Sound narrow = sound.at(8000);
        int block = narrow.rateHz() / 1000 * BLOCK_MS;
        int hop = narrow.rateHz() / 1000 * HOP_MS;
        List<String> words = new ArrayList<>();
        int last = -1;
        int run = 0;
        for (int from = 0; from + block <= narrow.pcm().length; from += hop) {
            int code = codeIn(narrow.pcm(), from, block, narrow.rateHz());
            run = code >= 0 && code == last ? run + 1 : 1;
            last = code;
            if (code >= 0 && run == AUDIBLE_HOPS) {
                words.add(word(code));
            }
        }
        return words;
    }

    private static int codeIn(short[] pcm, int from, int samples, int rateHz) {
        double energy = 0;
        for (int i = from; i < from + samples; i++) {
            energy += (double) pcm[i] * pcm[i];
        }
        if (Math.sqrt(energy / samples) < QUIET_RMS) {
            return -1;
        }
        int low = strongest(pcm, from, samples, rateHz, LOWEST_HZ, LOW_STEP_HZ, LOW_TONES);
        int high = strongest(pcm, from, samples, rateHz, HIGHEST_HZ, HIGH_STEP_HZ, HIGH_TONES);
        double pure = power(pcm, from, samples, rateHz, LOWEST_HZ + LOW_STEP_HZ * low)
                + power(pcm, from, samples, rateHz, HIGHEST_HZ + HIGH_STEP_HZ * high);
        if (pure < PURE * energy) {
            return -1;
        }
        int code = low;
        while (highHz(code) != HIGHEST_HZ + HIGH_STEP_HZ * high) {
            code += LOW_TONES;
        }
        return code;
    }

    private static int strongest(short[] pcm, int from, int samples, int rateHz, int firstHz, int stepHz, int tones) {
        int best = 0;
        double most = -1;
        for (int tone = 0; tone < tones; tone++) {
            double power = power(pcm, from, samples, rateHz, firstHz + stepHz * tone);
            if (power > most) {
                most = power;
                best = tone;
            }
        }
        return best;
    }

    /** Energy at one frequency, on the scale of the sum of squares (Goertzel). */
    private static double power(short[] pcm, int from, int samples, int rateHz, int hz) {
        double turn = 2 * Math.cos(2 * Math.PI * hz / rateHz);
        double one = 0;
        double two = 0;
        for (int i = from; i < from + samples; i++) {
            double next = pcm[i] + turn * one - two;
            two = one;
            one = next;
        }
        return 2 * (one * one + two * two - turn * one * two) / samples;
    }
}
