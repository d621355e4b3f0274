package dev.revox.testkit.recognise;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The best ways to read the sound so far as one sentence, advanced frame by frame (one-pass dynamic programming).
 *
 * <p>A matched frame of speech earns {@value #NEAR} less its distance. Between words the sound may be silent for nothing, or
 * hold other speech at a price; a word of the sentence may be left out at a price. So a word that is not in the sound costs
 * less to leave out than to force upon what is there.
 *
 * <p><b>Thread:</b> Confined to one recognition.
 */
final class PhrasePath {

    /** A distance at which two frames are as likely of different sounds as of the same. */
    static final float NEAR = 4.0f;

    private static final float NEVER = -1e9f;
    private static final float WARP = 1.0f;
    private static final float SILENT_MISMATCH = 0.3f;
    private static final float LEFT_OUT = 0.15f * NEAR;
    private static final float OTHER_SPEECH = 0.4f * NEAR;

    private final List<PhraseTemplate.Word> words;
    /** Best score before each word, and after the last. */
    private final float[] between;

    private final @Nullable HeardWord[] betweenHeard;
    private final WordPath[] inside;

    PhrasePath(PhraseTemplate phrase) {
        words = phrase.words();
        between = new float[words.size() + 1];
        betweenHeard = new HeardWord[words.size() + 1];
        inside = new WordPath[words.size()];
        Arrays.fill(between, NEVER);
        for (int w = 0; w < inside.length; w++) {
            inside[w] = new WordPath(words.get(w));
        }
    }

    /** Lets the sentence begin at this point of the sound. */
    void begin(float score, @Nullable HeardWord heard) {
        offer(0, score, heard);
        leaveOut();
    }

    void advance(float[] frame, boolean speech) {
        for (int w = words.size() - 1; w >= 0; w--) {
            inside[w].advance(frame, between[w], betweenHeard[w]);
        }
        for (int b = 0; b < between.length; b++) {
            between[b] -= speech ? OTHER_SPEECH : 0;
        }
        for (int w = 0; w < inside.length; w++) {
            WordPath path = inside[w];
            if (path.endScore() > between[w + 1]) {
                between[w + 1] = path.endScore();
                betweenHeard[w + 1] = path.heard();
            }
        }
        leaveOut();
    }

    private void leaveOut() {
        for (int w = 0; w < inside.length; w++) {
            offer(w + 1, between[w] - LEFT_OUT * words.get(w).speechFrames(), betweenHeard[w]);
        }
    }

    private void offer(int place, float score, @Nullable HeardWord heard) {
        if (score > between[place]) {
            between[place] = score;
            betweenHeard[place] = heard;
        }
    }

    float score() {
        return between[words.size()];
    }

    @Nullable
    HeardWord heard() {
        return betweenHeard[words.size()];
    }

    /** The best ways to stand inside one word. */
    private static final class WordPath {

        private final PhraseTemplate.Word word;
        private final float[] scores;
        private final float[] entryScores;
        private final @Nullable HeardWord[] entryHeard;

        WordPath(PhraseTemplate.Word word) {
            this.word = word;
            scores = new float[word.frames().length];
            entryScores = new float[scores.length];
            entryHeard = new HeardWord[scores.length];
            Arrays.fill(scores, NEVER);
        }

        // Backwards, so that the place before still holds its score of the frame before.
        void advance(float[] frame, float entryScore, @Nullable HeardWord entry) {
            float diagonal = scores[0];
            float diagonalEntry = entryScores[0];
            @Nullable HeardWord diagonalHeard = entryHeard[0];
            for (int i = 0; i < scores.length; i++) {
                float distance = Cepstra.distance(frame, word.frames()[i]);
                float gain = word.speech()[i] ? NEAR - distance : -SILENT_MISMATCH * distance;
                float warp = -distance - WARP;
                float stay = scores[i];
                float stayEntry = entryScores[i];
                @Nullable HeardWord stayHeard = entryHeard[i];
                float step = i == 0 ? entryScore + gain : diagonal + gain;
                float skip = i == 0 ? NEVER : scores[i - 1] + warp;
                if (step >= stay + warp && step >= skip) {
                    scores[i] = step;
                    entryScores[i] = i == 0 ? entryScore : diagonalEntry;
                    entryHeard[i] = i == 0 ? entry : diagonalHeard;
                } else if (skip > stay + warp) {
                    scores[i] = skip;
                    entryScores[i] = entryScores[i - 1];
                    entryHeard[i] = entryHeard[i - 1];
                } else {
                    scores[i] = stay + warp;
                }
                diagonal = stay;
                diagonalEntry = stayEntry;
                diagonalHeard = stayHeard;
            }
        }

        float endScore() {
            return scores[scores.length - 1];
        }

        HeardWord heard() {
            int last = scores.length - 1;
            float gain = scores[last] - entryScores[last];
            return new HeardWord(word, gain, NEAR * word.speechFrames(), entryHeard[last]);
        }
    }
}
