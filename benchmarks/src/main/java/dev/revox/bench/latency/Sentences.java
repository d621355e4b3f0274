package dev.revox.bench.latency;

import dev.revox.testkit.voice.Clip;
import dev.revox.testkit.voice.LabelledSpeech;
import java.util.ArrayList;
import java.util.List;

/** What callers say: whole sentences and questions in several voices, made by espeak-ng at run time. */
final class Sentences {

    private static final List<String> TEXTS = List.of(
            "I would like to book a table for Friday evening.",
            "My washing machine has stopped working.",
            "Please send the invoice to my office.",
            "Could you repeat that please?",
            "What time do you open on Saturday?",
            "Can I change my appointment to next week?",
            "How much does the delivery cost?",
            "Where can I leave my car?");
    private static final List<String> VOICES = List.of("en-gb", "en-us", "en-us+f3", "en-gb+m3", "en-gb-scotland+f2");
    private static final int[] WORDS_PER_MINUTE = {145, 165, 185};

    private Sentences() {}

    static List<Clip> make() {
        List<Clip> clips = new ArrayList<>();
        for (String text : TEXTS) {
            for (String voice : VOICES) {
                int rate = WORDS_PER_MINUTE[clips.size() % WORDS_PER_MINUTE.length];
                clips.add(LabelledSpeech.say(text, voice, rate)
                        .orElseThrow(() -> new IllegalStateException(
                                "espeak-ng is not installed: it speaks for the callers (Debian package espeak-ng)")));
            }
        }
        return clips;
    }
}
