package dev.revox.agent.turn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the caller's speech: whether they speak, where they paused, and the words of the turn that is not over yet.
 *
 * <p><b>Thread:</b> Confined to the call thread. <b>Units:</b> engine time.
 */
final class CallerSpeech {

    private boolean speaking;
    private long startNanos;
    private long endNanos;
    private long noticedNanos;
    private long wordsNanos;
    private long unrecognisedNanos;

    private int pause;
    private boolean pauseConfirmed;
    private @Nullable String pauseText;

    private final Set<Integer> awaited = new HashSet<>();
    private final Set<Integer> setAside = new HashSet<>();
    /** Utterances whose words were used at a pause, before recognition had said its last word on them. */
    private final Map<Integer, String> used = new HashMap<>();

    private final List<String> asides = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private String interim = "";
    private boolean currentSetAside;

    void started(long atNanos) {
        speaking = true;
        startNanos = atNanos;
        currentSetAside = false;
        forgetPause();
    }

    void paused(int number, long lastSoundNanos, long nowNanos, boolean confirmed) {
        if (!speaking) {
            return;
        }
        if (number != pause) {
            pause = number;
            pauseText = null;
        }
        pauseConfirmed |= confirmed;
        endNanos = lastSoundNanos;
        noticedNanos = nowNanos;
    }

    void resumed() {
        forgetPause();
    }

    void soFar(int number, String text, long nowNanos) {
        if (speaking && number == pause && !currentSetAside) {
            pauseText = text.strip();
            wordsNanos = nowNanos;
        }
    }

    void ended(long lastSoundNanos, long nowNanos, int utterance) {
        speaking = false;
        forgetPause();
        endNanos = lastSoundNanos;
        noticedNanos = nowNanos;
        awaited.add(utterance);
        if (currentSetAside) {
            setAside.add(utterance);
            currentSetAside = false;
        }
    }

    void interim(String text) {
        // What comes late of an utterance that was answered at its pause is not news.
        boolean late = !used.isEmpty() && !speaking;
        if (setAside.isEmpty() && !currentSetAside && !late) {
            interim = text;
        }
    }

    /** All words of an utterance. Answers the text that was taken for it at a pause, if other words were. */
    Optional<String> finished(int utterance, String text, long nowNanos) {
        String taken = used.remove(utterance);
        if (taken != null) {
            return text.isBlank() || SameWords.in(taken, text) ? Optional.empty() : Optional.of(taken);
        }
        if (!awaited.remove(utterance)) {
            return Optional.empty();
        }
        if (setAside.remove(utterance)) {
            if (!text.isBlank()) {
                asides.add(text.strip());
            }
            return Optional.empty();
        }
        interim = "";
        wordsNanos = nowNanos;
        if (!text.isBlank()) {
            words.add(text.strip());
        }
        return Optional.empty();
    }

    /** Recognition failed for an utterance; what it had said so far stands for it. */
    void lost(int utterance, long nowNanos) {
        if (used.remove(utterance) != null) {
            return;
        }
        if (interim.isBlank() && awaited.contains(utterance) && !setAside.contains(utterance)) {
            unrecognisedNanos += Math.max(0, endNanos - startNanos);
        }
        var unused = finished(utterance, interim, nowNanos);
    }

    /** What is being said now, and what is not recognised yet, needs no answer. */
    void setAside() {
        setAside.addAll(awaited);
        currentSetAside = speaking;
        interim = "";
        forgetPauseText();
        asides.addAll(words);
        words.clear();
        unrecognisedNanos = 0;
    }

    void reopen(String text) {
        words.addFirst(text);
    }

    /** The turn was closed at the pause: the caller is taken to be silent, and recognition owes this utterance no more words. */
    void used(int utterance, String text) {
        used.put(utterance, text);
    }

    /** Ends speech at its pause. Answers what was said since the last utterance. */
    String endAtPause() {
        String text = pauseText == null ? "" : pauseText;
        speaking = false;
        forgetPause();
        return text;
    }

    /** Forgets the words of a turn that is over. */
    void clear() {
        words.clear();
        interim = "";
        unrecognisedNanos = 0;
    }

    Optional<String> nextAside() {
        return asides.isEmpty() ? Optional.empty() : Optional.of(asides.removeFirst());
    }

    boolean speaking() {
        return speaking;
    }

    /** Speaks, and the sound has not fallen. */
    boolean voiced() {
        return speaking && pause == 0;
    }

    boolean currentSetAside() {
        return currentSetAside;
    }

    /** Within a pause, whether confirmed or not. */
    boolean atPause() {
        return speaking && pause != 0;
    }

    boolean atConfirmedPause() {
        return speaking && pauseConfirmed;
    }

    /** The words up to the pause are in hand. */
    boolean pauseWordsInHand() {
        return pauseText != null;
    }

    boolean awaitsWords() {
        return !awaited.isEmpty();
    }

    boolean open() {
        return !awaited.isEmpty() || !words.isEmpty();
    }

    boolean hasWords() {
        return !words.isEmpty();
    }

    /** The turn up to the end of speech or up to the pause. */
    String text() {
        List<String> all = new ArrayList<>(words);
        if (pauseText != null && !pauseText.isBlank()) {
            all.add(pauseText);
        }
        return String.join(" ", all);
    }

    /** Everything that was understood, interim words too. */
    String everything() {
        List<String> all = new ArrayList<>(words);
        String current = pauseText != null && !pauseText.isBlank() ? pauseText : interim.strip();
        if (!current.isBlank()) {
            all.add(current);
        }
        return String.join(" ", all);
    }

    long startNanos() {
        return startNanos;
    }

    long endNanos() {
        return endNanos;
    }

    long unrecognisedNanos() {
        return unrecognisedNanos;
    }

    TurnDecision.UserTurn turn(String text) {
        return new TurnDecision.UserTurn(text, endNanos, noticedNanos, wordsNanos);
    }

    private void forgetPause() {
        pause = 0;
        pauseConfirmed = false;
        forgetPauseText();
    }

    private void forgetPauseText() {
        pauseText = null;
    }
}
