package dev.revox.agent.turn;

import dev.revox.agent.turn.TurnDecision.UserTurn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state machine that decides whose turn it is.
 *
 * <p>Facts go in through the void methods; {@link #decide} then says one thing to do at a time and is asked again until it
 * answers {@link TurnDecision.Wait}. It knows no clock, no provider and no leg, so every interleaving can be played through it.
 *
 * <p>The rules stand in classes of their own: {@link Endpointing} says when a turn of the caller is over, {@link Interruption}
 * what speech over the agent means. A turn can be closed before silence is certain: the loss of sound alone lets an answer be
 * begun ({@link TurnDecision.Speculate}), words in hand and the voice detector together close the turn. Whoever goes on speaking
 * after that takes the floor back as with any interruption.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class TurnController {

    private final TurnSettings settings;
    private final CallerSpeech caller = new CallerSpeech();
    private final Endpointing endpointing;
    private final Interruption interruption;

    private Floor floor = Floor.CALLER;
    private @Nullable String speculated;

    public TurnController(TurnSettings settings) {
        this.settings = settings;
        endpointing = new Endpointing(settings);
        interruption = new Interruption(settings, caller);
    }

    public void floor(Floor now) {
        if (floor != now && now == Floor.CALLER) {
            interruption.renew();
        }
        floor = now;
    }

    public void speechStarted(long startNanos) {
        if (floor == Floor.CALLER && caller.open() && !caller.speaking()) {
            endpointing.pausedInside(startNanos - caller.endNanos());
        }
        caller.started(startNanos);
        endpointing.opinion().forget();
        interruption.renew();
    }

    /** The sound fell; {@code confirmed} when the voice detector agrees. Told up to three times for each pause. */
    public void speechPaused(int pause, long endNanos, long nowNanos, boolean confirmed) {
        caller.paused(pause, endNanos, nowNanos, confirmed);
    }

    /** Speech goes on behind a pause. */
    public void speechResumed(long startNanos) {
        if (floor == Floor.CALLER && caller.atConfirmedPause()) {
            endpointing.pausedInside(startNanos - caller.endNanos());
        }
        caller.resumed();
        endpointing.opinion().forget();
        interruption.renew();
    }

    /** An end-of-turn model was asked about the turn up to now; its answer is waited for until then. */
    public void modelAsked(long answerUntilNanos) {
        endpointing.opinion().asked(answerUntilNanos);
    }

    /** What the model thinks; it may come late. */
    public void modelAnswered(double completeProbability) {
        endpointing.opinion().answered(completeProbability);
    }

    /** The model has no opinion. */
    public void modelFailed() {
        endpointing.opinion().failed();
    }

    /** The words up to a pause. */
    public void soFar(int pause, String text, long nowNanos) {
        caller.soFar(pause, text, nowNanos);
    }

    /** Speech ended; recognition now owes the words of this utterance. */
    public void speechEnded(long endNanos, long nowNanos, int utterance) {
        caller.ended(endNanos, nowNanos, utterance);
    }

    /** The utterance whose words were used by the last {@link TurnDecision.Commit} at a pause. */
    public void closedAtPause(int utterance, String text) {
        caller.used(utterance, text);
    }

    public void interim(String text) {
        caller.interim(text);
    }

    /**
     * All words of an utterance, blank when nothing was said.
     *
     * @return what was taken for these words when the turn was closed at a pause, if it was something else
     */
    public Optional<String> utterance(int utterance, String text, long nowNanos) {
        return caller.finished(utterance, text, nowNanos);
    }

    /** Recognition failed for an utterance; what it had said so far stands for it. */
    public void lost(int utterance, long nowNanos) {
        caller.lost(utterance, nowNanos);
    }

    /** What is being said now, and what is not recognised yet, is a greeting that needs no answer. */
    public void setAsideGreeting() {
        caller.setAside();
    }

    /** Takes back a turn whose answer nobody has heard: the caller is going on with it. */
    public void reopen(String text) {
        caller.reopen(text);
    }

    /** True while the caller speaks or a turn of theirs is not over. */
    public boolean callerActive() {
        return caller.speaking() || caller.open();
    }

    /** Whether the agent is silent and listens, by the last word on it. */
    public boolean callerHasFloor() {
        return floor == Floor.CALLER;
    }

    public boolean callerSpeaking() {
        return caller.speaking();
    }

    /** Something was said whose words are not known yet. */
    public boolean awaitsWords() {
        return caller.awaitsWords();
    }

    /** Ends the open turn as it is: the call is over. */
    public String takeRest() {
        String rest = caller.everything();
        caller.clear();
        return rest;
    }

    public TurnDecision decide(long nowNanos) {
        Optional<String> aside = caller.nextAside();
        if (aside.isPresent()) {
            return new TurnDecision.Aside(aside.get());
        }
        if (interruption.holding() && (floor == Floor.CALLER || floor == Floor.AGENT_UNINTERRUPTIBLE)) {
            return interruption.resume();
        }
        if (speculated != null && floor != Floor.CALLER) {
            return abandon();
        }
        return switch (floor) {
            case CALLER -> callersTurn(nowNanos);
            case AGENT, AGENT_OPENING -> {
                TurnDecision decision = interruption.decide(floor == Floor.AGENT_OPENING, nowNanos);
                if (decision instanceof TurnDecision.Interrupt) {
                    floor = Floor.CALLER;
                }
                yield decision;
            }
            case AGENT_UNINTERRUPTIBLE -> TurnDecision.WAIT;
        };
    }

    private TurnDecision abandon() {
        speculated = null;
        return new TurnDecision.Abandon();
    }

    private TurnDecision callersTurn(long nowNanos) {
        String text = caller.text();
        String begun = speculated;
        if (begun != null && !stands(begun, text)) {
            return abandon();
        }
        if (caller.awaitsWords()) {
            return TurnDecision.WAIT;
        }
        return caller.speaking() ? atPause(text, nowNanos) : afterSpeech(text, nowNanos);
    }

    /** What was begun goes on while the same words may be all there is: not once the caller goes on speaking. */
    private boolean stands(String begun, String text) {
        if (caller.speaking()) {
            return caller.atPause() && (!caller.pauseWordsInHand() || SameWords.in(text, begun));
        }
        return caller.awaitsWords() || SameWords.in(text, begun);
    }

    private TurnDecision atPause(String text, long nowNanos) {
        if (!caller.atPause() || !caller.pauseWordsInHand() || text.isBlank() || caller.currentSetAside()) {
            return TurnDecision.WAIT;
        }
        if (caller.atConfirmedPause()) {
            return closeOrSpeculate(text, nowNanos);
        }
        return speculate(text).orElse(TurnDecision.WAIT);
    }

    private TurnDecision afterSpeech(String text, long nowNanos) {
        if (!caller.hasWords()) {
            boolean missed =
                    caller.unrecognisedNanos() >= settings.interruptionSpeech().toNanos();
            caller.clear();
            return missed ? new TurnDecision.AskAgain() : TurnDecision.WAIT;
        }
        return closeOrSpeculate(text, nowNanos);
    }

    private TurnDecision closeOrSpeculate(String text, long nowNanos) {
        long dueNanos = endpointing.dueNanos(text, caller.endNanos());
        if (nowNanos < dueNanos) {
            return speculate(text).orElseGet(() -> new TurnDecision.Wait(dueNanos));
        }
        boolean atPause = caller.speaking();
        UserTurn turn = caller.turn(text);
        String since = atPause ? caller.endAtPause() : "";
        caller.clear();
        speculated = null;
        return new TurnDecision.Commit(turn, atPause ? Optional.of(since) : Optional.empty());
    }

    private Optional<TurnDecision> speculate(String text) {
        if (!settings.preemptive() || speculated != null || !endpointing.mayBeOver(text)) {
            return Optional.empty();
        }
        speculated = text;
        return Optional.of(new TurnDecision.Speculate(text));
    }
}
