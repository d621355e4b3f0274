package dev.revox.testkit.recognise;

import dev.revox.testkit.voice.Clip;
import java.util.ArrayList;
import java.util.List;

/**
 * A sentence as the recogniser knows it: each word's frames, without the pauses around them.
 *
 * <p><b>Thread:</b> Immutable.
 */
record PhraseTemplate(List<Word> words) {

    @SuppressWarnings("ArrayRecordComponent") // read only
    record Word(String text, float[][] frames, boolean[] speech, int speechFrames) {}

    static PhraseTemplate of(Clip clip) {
        Cepstra cepstra = Cepstra.of(clip.sound());
        List<Word> words = new ArrayList<>();
        for (Clip.Word word : clip.words()) {
            int first = word.startMs() / Cepstra.FRAME_MS;
            int last = Math.min(cepstra.frames().length, word.endMs() / Cepstra.FRAME_MS);
            while (first < last - 1 && !cepstra.speech()[first]) {
                first++;
            }
            while (last > first + 1 && !cepstra.speech()[last - 1]) {
                last--;
            }
            words.add(cut(word.text(), cepstra, first, last));
        }
        return new PhraseTemplate(List.copyOf(words));
    }

    private static Word cut(String text, Cepstra cepstra, int first, int last) {
        float[][] frames = new float[last - first][];
        boolean[] speech = new boolean[last - first];
        int spoken = 0;
        for (int i = first; i < last; i++) {
            frames[i - first] = cepstra.frames()[i];
            speech[i - first] = cepstra.speech()[i];
            spoken += speech[i - first] ? 1 : 0;
        }
        return new Word(text, frames, speech, spoken);
    }
}
