package dev.revox.testkit.voice;

import dev.revox.testkit.provider.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A voice that says a text by putting recorded words together.
 *
 * <p>An agent hands its text over in pieces that are cut where its own rules want, not where our sentences end. So the
 * longest run of words that some clip holds is taken, again and again, until the text is said.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class ClipVoice implements Speaker {

    private static final int PAUSE_MS = 160;

    private final ClipSet clips;
    private final Optional<EspeakProgram> synthesis;

    private ClipVoice(ClipSet clips, Optional<EspeakProgram> synthesis) {
        this.clips = clips;
        this.synthesis = synthesis;
    }

    public static ClipVoice of(ClipSet clips) {
        return new ClipVoice(clips, Optional.empty());
    }

    /** The same voice, which says what it has no clips for through the program {@code espeak-ng}, where that is installed. */
    public ClipVoice orSynthesised() {
        return new ClipVoice(clips, EspeakProgram.find(clips.speaker()));
    }

    /** The sentences it was made of. */
    public ClipSet clips() {
        return clips;
    }

    @Override
    public short[] speak(String text, int sampleRateHz) {
        return say(text, sampleRateHz).pcm();
    }

    /**
     * Says a text.
     *
     * @throws IllegalArgumentException when no clip holds one of the words and nothing synthesises it
     */
    public Sound say(String text, int rateHz) {
        List<String> words = ClipSet.words(text);
        Sound said = Sound.silence(0, rateHz);
        for (int at = 0; at < words.size(); ) {
            Optional<Run> run = longestRun(words.subList(at, words.size()));
            if (run.isEmpty()) {
                String unknown = words.get(at);
                return synthesis
                        .map(program -> program.say(text).at(rateHz))
                        .orElseThrow(() -> new IllegalArgumentException("the " + clips.speaker()
                                + " voice has no clip with the word \"" + unknown
                                + "\"; add the sentence to src/voices/phrases.txt and run make-clips.py"));
            }
            Run found = run.get();
            said = said.then(found.clip().words(found.from(), found.to()));
            at += found.to() - found.from();
            if (at < words.size() && found.to() == found.clip().words().size()) {
                said = said.then(Sound.silence(PAUSE_MS, rateHz));
            }
        }
        return said;
    }

    private record Run(Clip clip, int from, int to) {}

    // Of runs that are equally long, one from the start of a sentence wins: it was not spoken in the flow of other
    // words.
    private Optional<Run> longestRun(List<String> wanted) {
        Run best = null;
        for (Clip clip : clips.clips()) {
            List<String> have = new ArrayList<>();
            clip.words().forEach(word -> have.add(String.join("", ClipSet.words(word.text()))));
            for (int from = 0; from < have.size(); from++) {
                int length = 0;
                while (length < wanted.size()
                        && from + length < have.size()
                        && have.get(from + length).equals(wanted.get(length))) {
                    length++;
                }
                if (length > 0 && (best == null || better(length, from, best))) {
                    best = new Run(clip, from, from + length);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean better(int length, int from, Run best) {
        int held = best.to() - best.from();
        return length > held || (length == held && from == 0 && best.from() != 0);
    }
}
