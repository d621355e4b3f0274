package dev.revox.agent.turn;

import dev.revox.agent.turn.TurnDecision.UserTurn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The state machine that decides whose turn it is.
 *
 * <p>Facts go in through the void methods; {@link #decide} then says one thing to do at a time and is asked again until it
 * answers {@link TurnDecision.Wait}. It knows no clock, no provider and no leg, so every interleaving can be played through it.
 *
 * <p>While the agent has the floor, speech first only HOLDS its playout; words then decide. Playout being held already, the
 * caller hears no difference between a held and a flushed agent, so there is time to tell a cough or an "mm-hm" from an
 * interruption even when recognition gives words only after the end of speech.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class TurnController {

    private static final TurnDecision WAIT = new TurnDecision.Wait(TurnDecision.NEVER);

    private final TurnSettings settings;
    private final PauseAverage pauses;

    private Floor floor = Floor.CALLER;
    private boolean speaking;
    private long speechStartNanos;
    private long speechEndNanos;
    private long noticedNanos;
    private long wordsNanos;
    private long unrecognisedNanos;

    private final Set<Integer> awaited = new HashSet<>();
    private final Set<Integer> setAside = new HashSet<>();
    private final List<String> asides = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private String interim = "";
    private boolean speechSetAside;

    private boolean holding;
    private long heldSinceNanos;
    private boolean holdSpent;

    public TurnController(TurnSettings settings) {
        this.settings = settings;
        this.pauses = new PauseAverage(
                settings.neutralTurnDelay().toNanos(),
                settings.shortestTurnDelay().toNanos(),
                settings.incompleteTurnDelay().toNanos());
    }

    public void floor(Floor now) {
        if (floor != now && now == Floor.CALLER) {
            holdSpent = false;
        }
        floor = now;
    }

    public void speechStarted(long startNanos) {
        if (floor == Floor.CALLER && turnOpen() && !speaking) {
            pauses.paused(startNanos - speechEndNanos);
        }
        speaking = true;
        speechSetAside = false;
        speechStartNanos = startNanos;
        holdSpent = false;
    }

    /** Speech ended; recognition now owes the words of this utterance. */
    public void speechEnded(long endNanos, long nowNanos, int utterance) {
        speaking = false;
        speechEndNanos = endNanos;
        noticedNanos = nowNanos;
        awaited.add(utterance);
        if (speechSetAside) {
            setAside.add(utterance);
            speechSetAside = false;
        }
    }

    public void interim(String text) {
        if (setAside.isEmpty() && !speechSetAside) {
            interim = text;
        }
    }

    /** All words of an utterance, blank when nothing was said. */
    public void utterance(int utterance, String text, long nowNanos) {
        if (!awaited.remove(utterance)) {
            return;
        }
        if (setAside.remove(utterance)) {
            if (!text.isBlank()) {
                asides.add(text.strip());
            }
            return;
        }
        interim = "";
        wordsNanos = nowNanos;
        if (!text.isBlank()) {
            words.add(text.strip());
        }
    }

    /** Recognition failed for an utterance; what it had said so far stands for it. */
    public void lost(int utterance, long nowNanos) {
        if (interim.isBlank() && awaited.contains(utterance) && !setAside.contains(utterance)) {
            unrecognisedNanos += Math.max(0, speechEndNanos - speechStartNanos);
        }
        utterance(utterance, interim, nowNanos);
    }

    /** What is being said now, and what is not recognised yet, is a greeting that needs no answer. */
    public void setAsideGreeting() {
        setAside.addAll(awaited);
        speechSetAside = speaking;
        interim = "";
        asides.addAll(words);
        words.clear();
        unrecognisedNanos = 0;
    }

    /** Takes back a turn whose answer nobody has heard: the caller is going on with it. */
    public void reopen(String text) {
        words.addFirst(text);
    }

    /** True while the caller speaks or a turn of theirs is not over. */
    public boolean callerActive() {
        return speaking || turnOpen();
    }

    public boolean callerSpeaking() {
        return speaking;
    }

    /** Ends the open turn as it is: the call is over. */
    public String takeRest() {
        String rest = String.join(" ", allWords());
        clearTurn();
        return rest;
    }

    public TurnDecision decide(long nowNanos) {
        if (!asides.isEmpty()) {
            return new TurnDecision.Aside(asides.removeFirst());
        }
        if (holding && (floor == Floor.CALLER || floor == Floor.AGENT_UNINTERRUPTIBLE)) {
            return resume();
        }
        return switch (floor) {
            case CALLER -> endpoint(nowNanos);
            case AGENT, AGENT_OPENING -> interruption(nowNanos);
            case AGENT_UNINTERRUPTIBLE -> WAIT;
        };
    }

    private TurnDecision endpoint(long nowNanos) {
        if (speaking || !awaited.isEmpty()) {
            return WAIT;
        }
        if (words.isEmpty()) {
            boolean missed = unrecognisedNanos >= settings.interruptionSpeech().toNanos();
            clearTurn();
            return missed ? new TurnDecision.AskAgain() : WAIT;
        }
        String text = String.join(" ", words);
        long dueNanos = speechEndNanos + delayNanos(text);
        if (nowNanos < dueNanos) {
            return new TurnDecision.Wait(dueNanos);
        }
        UserTurn turn = new UserTurn(text, speechEndNanos, noticedNanos, wordsNanos);
        clearTurn();
        return new TurnDecision.Commit(turn);
    }

    private long delayNanos(String text) {
        return switch (Completeness.of(text)) {
            case COMPLETE -> settings.completeTurnDelay().toNanos();
            case NEUTRAL ->
                settings.adaptive()
                        ? pauses.delayNanos()
                        : settings.neutralTurnDelay().toNanos();
            case INCOMPLETE -> settings.incompleteTurnDelay().toNanos();
        };
    }

    private TurnDecision interruption(long nowNanos) {
        long holdAt = speechStartNanos + settings.bargeInSpeech().toNanos();
        if (speaking && !holding && nowNanos < holdAt) {
            return new TurnDecision.Wait(holdAt);
        }
        String said = String.join(" ", allWords());
        if (!said.isBlank() && !harmless(said)) {
            return interrupt();
        }
        if (!holding) {
            return maybeHold(nowNanos);
        }
        long waitedUntil = heldSinceNanos + settings.falseInterruptionWait().toNanos();
        if (speaking) {
            long sustainedAt = speechStartNanos + settings.sustainedSpeech().toNanos();
            long enough = said.isBlank() ? Math.min(sustainedAt, waitedUntil) : waitedUntil;
            return nowNanos >= enough ? interrupt() : new TurnDecision.Wait(enough);
        }
        if (awaited.isEmpty()) {
            if (said.isBlank()
                    && unrecognisedNanos >= settings.interruptionSpeech().toNanos()) {
                return interrupt();
            }
            clearTurn();
            return resume();
        }
        return nowNanos >= waitedUntil ? resume() : new TurnDecision.Wait(waitedUntil);
    }

    private TurnDecision maybeHold(long nowNanos) {
        if (!speaking || holdSpent || speechSetAside) {
            if (!speaking && awaited.isEmpty()) {
                clearTurn();
            }
            return WAIT;
        }
        holding = true;
        heldSinceNanos = nowNanos;
        return new TurnDecision.Hold();
    }

    private boolean harmless(String said) {
        return floor == Floor.AGENT_OPENING ? Backchannel.greeting(said) : Backchannel.attention(said);
    }

    private TurnDecision interrupt() {
        holding = false;
        floor = Floor.CALLER;
        return new TurnDecision.Interrupt();
    }

    private TurnDecision resume() {
        holding = false;
        holdSpent = true;
        return new TurnDecision.Resume();
    }

    private boolean turnOpen() {
        return !awaited.isEmpty() || !words.isEmpty();
    }

    private List<String> allWords() {
        List<String> all = new ArrayList<>(words);
        if (!interim.isBlank()) {
            all.add(interim.strip());
        }
        return all;
    }

    private void clearTurn() {
        words.clear();
        interim = "";
        unrecognisedNanos = 0;
    }
}
