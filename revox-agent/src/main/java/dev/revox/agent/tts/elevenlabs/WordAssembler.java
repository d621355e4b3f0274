package dev.revox.agent.tts.elevenlabs;

import dev.revox.agent.tts.TextToSpeech.WordTiming;
import java.util.ArrayList;
import java.util.List;

/**
 * Words out of characters and their times. A word may begin in one message and end in the next.
 *
 * <p><b>Thread:</b> one caller at a time.
 */
final class WordAssembler {

    private final StringBuilder word = new StringBuilder();
    private long startMicros;
    private long endMicros;

    /**
     * Takes the characters of one message and gives the words that are now complete.
     *
     * @param baseMicros where this message's sound begins in the utterance; its times count from there
     */
    List<WordTiming> add(List<String> characters, double[] startsMs, double[] durationsMs, long baseMicros) {
        List<WordTiming> complete = new ArrayList<>();
        for (int i = 0; i < characters.size(); i++) {
            String character = characters.get(i);
            if (character.isBlank()) {
                flush(complete);
                continue;
            }
            if (word.isEmpty()) {
                startMicros = baseMicros + Math.round(startsMs[i] * 1000);
            }
            word.append(character);
            endMicros = baseMicros + Math.round((startsMs[i] + durationsMs[i]) * 1000);
        }
        return complete;
    }

    /** The last word, when nothing more will come. */
    List<WordTiming> rest() {
        List<WordTiming> complete = new ArrayList<>();
        flush(complete);
        return complete;
    }

    private void flush(List<WordTiming> complete) {
        if (!word.isEmpty()) {
            complete.add(new WordTiming(word.toString(), startMicros, endMicros));
            word.setLength(0);
        }
    }
}
