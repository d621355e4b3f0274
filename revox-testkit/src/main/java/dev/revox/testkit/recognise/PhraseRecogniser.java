package dev.revox.testkit.recognise;

import dev.revox.testkit.provider.Recogniser;
import dev.revox.testkit.voice.Clip;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.Sound;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recogniser that knows the sentences of some voices, and writes down those of their words that are in the sound.
 *
 * <p>All sentences are matched against the sound at once, in any order and number; what matches none of them is passed over.
 * A sentence counts when enough of it is there, and of such a sentence each word has to be there itself: a word that was cut
 * out, or drowned, is missing from the text.
 *
 * <p>It is made for recordings of one and the same clips that went through a telephone line. It is no recogniser of speech.
 *
 * <p><b>Thread:</b> Thread-safe; templates are immutable.
 */
public final class PhraseRecogniser implements Recogniser {

    /** What beginning a sentence costs, so that a short word alike in another one does not count as a sentence. */
    private static final float BEGINNING = 10 * PhrasePath.NEAR;

    /** How much of what identical sound would earn a word must earn. */
    private static final float LEAST_LIKENESS = 0.3f;

    private final List<PhraseTemplate> phrases;

    private PhraseRecogniser(List<PhraseTemplate> phrases) {
        this.phrases = List.copyOf(phrases);
    }

    /** Knows all sentences of these voices. */
    public static PhraseRecogniser of(ClipSet... voices) {
        List<PhraseTemplate> phrases = new ArrayList<>();
        for (ClipSet voice : voices) {
            for (Clip clip : voice.clips()) {
                phrases.add(PhraseTemplate.of(clip));
            }
        }
        return new PhraseRecogniser(phrases);
    }

    @Override
    public String recognise(short[] pcm, int sampleRateHz) {
        return recognise(new Sound(pcm, sampleRateHz));
    }

    public String recognise(Sound sound) {
        StringBuilder text = new StringBuilder();
        for (HeardWord heard : listen(sound)) {
            if (heard.likeness() >= LEAST_LIKENESS) {
                text.append(text.isEmpty() ? "" : " ").append(heard.word().text());
            }
        }
        return text.toString();
    }

    List<HeardWord> listen(Sound sound) {
        Cepstra cepstra = Cepstra.of(sound);
        List<PhrasePath> paths = phrases.stream().map(PhrasePath::new).toList();
        float best = 0;
        @Nullable HeardWord bestHeard = null;
        for (int f = 0; f < cepstra.frames().length; f++) {
            for (PhrasePath path : paths) {
                path.begin(best - BEGINNING, bestHeard);
                path.advance(cepstra.frames()[f], cepstra.speech()[f]);
            }
            for (PhrasePath path : paths) {
                if (path.score() > best) {
                    best = path.score();
                    bestHeard = path.heard();
                }
            }
        }
        Deque<HeardWord> inOrder = new ArrayDeque<>();
        for (HeardWord heard = bestHeard; heard != null; heard = heard.before()) {
            inOrder.addFirst(heard);
        }
        return List.copyOf(inOrder);
    }
}
