package dev.revox.agent.realtime.turns;

import dev.revox.agent.step.Outbox;
import dev.revox.agent.turn.Floor;
import dev.revox.agent.turn.TurnSettings;
import dev.revox.agent.turn.text.Backchannel;
import java.time.Duration;

/**
 * Whose turn it is, by our own voice detector alone: when the person has finished, and whether speech while the agent speaks wants
 * the floor.
 *
 * <p>While the agent is silent, speech goes to the model as it comes, and a turn is over some time after speech. While the agent
 * speaks, speech is held back until it counts: playout is held at once; speech that goes on interrupts; short speech is asked for
 * its words, where the model tells them, and resumes when they are only attention; without words it interrupts when it is long
 * enough for one. What does not count is never sent, so the model knows nothing of coughs.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class CallerTurns {

    public static final String TIMER = "realtime-turn";

    /** A pause that has lasted for this long without being an end is none. */
    private static final long LONGEST_DOUBT_NANOS = Duration.ofMillis(600).toNanos();

    /** Hands that do what is decided. */
    public interface Hands {

        Floor floor();

        /** The first sentence is still to come. */
        boolean openingPending();

        /** Whether the agent is heard right now. */
        boolean audible();

        boolean transcribesAlone();

        void hold(long nowNanos);

        void resume(long nowNanos);

        void interrupt(long nowNanos);

        /** From that moment on, what is heard belongs to this turn. */
        void listen(int turn, long speechStartNanos, long nowNanos);

        /** The turn is complete and is to be transcribed, not answered yet. */
        void heard(int turn, long nowNanos);

        /** The turn is complete and is to be answered; {@code alreadyHeard} when {@link #heard} was told of it. */
        void answer(Turn turn, boolean alreadyHeard, long nowNanos);
    }

    /** A turn of the person and its times. */
    public record Turn(int number, long speechEndNanos, long noticedNanos) {}

    private enum State {
        SILENT,
        /** Speaks, and the model hears it. */
        TALKING,
        /** Has stopped; the turn may go on. */
        PAUSED,
        /** Speaks while the agent has the floor. */
        SUSPECT,
        /** Has spoken while the agent has the floor; its words are awaited. */
        WORDS,
        /** Speaks before the first sentence: a greeting, not a question. */
        GREETING,
        /** Speaks while the agent must be heard to its end. */
        IGNORED
    }

    private final TurnSettings settings;
    private final Outbox outbox;
    private final Hands hands;
    private State state = State.SILENT;
    private int turn;
    private boolean held;
    private long startNanos;
    private Turn last = new Turn(0, 0, 0);

    public CallerTurns(TurnSettings settings, Outbox outbox, Hands hands) {
        this.settings = settings;
        this.outbox = outbox;
        this.hands = hands;
    }

    /** The person speaks, or what they said is not settled. */
    public boolean active() {
        return state != State.SILENT && state != State.IGNORED;
    }

    public boolean speaking() {
        return switch (state) {
            case TALKING, SUSPECT, GREETING, IGNORED -> true;
            case SILENT, PAUSED, WORDS -> false;
        };
    }

    /** The model hears what comes in. */
    public boolean streaming() {
        return state == State.TALKING || state == State.PAUSED;
    }

    public void speechStarted(long speechStartNanos, long nowNanos) {
        switch (state) {
            case SILENT, IGNORED -> begin(speechStartNanos, nowNanos);
            case PAUSED -> go(State.TALKING);
            case WORDS -> {
                // Who says something more wants to be heard.
                takeFloor(nowNanos);
                startTurn(speechStartNanos, nowNanos);
            }
            case TALKING, SUSPECT, GREETING -> {}
        }
    }

    private void begin(long speechStartNanos, long nowNanos) {
        startNanos = speechStartNanos;
        if (hands.openingPending()) {
            go(State.GREETING);
            return;
        }
        switch (hands.floor()) {
            case CALLER -> startTurn(speechStartNanos, nowNanos);
            case AGENT, AGENT_OPENING -> {
                go(State.SUSPECT);
                outbox.arm(TIMER, Math.max(nowNanos, startNanos + patienceNanos()));
            }
            case AGENT_UNINTERRUPTIBLE -> go(State.IGNORED);
        }
    }

    /** For how long suspicious speech is let go on before something is done. */
    private long patienceNanos() {
        if (hands.floor() == Floor.AGENT_OPENING) {
            return settings.sustainedSpeech().toNanos();
        }
        return hands.audible()
                ? settings.bargeInSpeech().toNanos()
                : settings.interruptionSpeech().toNanos();
    }

    /** The sound fell; whether speech is over is not known yet. */
    public void speechPaused(long nowNanos) {
        if (state == State.SUSPECT) {
            outbox.arm(TIMER, nowNanos + LONGEST_DOUBT_NANOS);
        }
    }

    /** Speech goes on behind a pause. */
    public void speechResumed(long nowNanos) {
        if (state == State.SUSPECT) {
            long limitNanos = held ? settings.sustainedSpeech().toNanos() : patienceNanos();
            outbox.arm(TIMER, Math.max(nowNanos, startNanos + limitNanos));
        }
    }

    public void speechEnded(long speechEndNanos, long noticedNanos, long nowNanos) {
        switch (state) {
            case TALKING -> pause(speechEndNanos, noticedNanos, nowNanos);
            case SUSPECT -> suspectEnded(speechEndNanos, noticedNanos, nowNanos);
            case GREETING -> {
                go(State.SILENT);
                if (hands.transcribesAlone()) {
                    hands.listen(++turn, startNanos, nowNanos);
                    hands.heard(turn, nowNanos);
                }
            }
            case IGNORED -> go(State.SILENT);
            case SILENT, PAUSED, WORDS -> {}
        }
    }

    private void pause(long speechEndNanos, long noticedNanos, long nowNanos) {
        last = new Turn(turn, speechEndNanos, noticedNanos);
        go(State.PAUSED);
        outbox.arm(
                TIMER,
                Math.max(nowNanos, speechEndNanos + settings.neutralTurnDelay().toNanos()));
    }

    private void suspectEnded(long speechEndNanos, long noticedNanos, long nowNanos) {
        boolean opening = hands.floor() == Floor.AGENT_OPENING;
        boolean shortSpeech =
                speechEndNanos - startNanos < settings.interruptionSpeech().toNanos();
        if (hands.transcribesAlone() && (opening || !shortSpeech)) {
            hands.listen(++turn, startNanos, nowNanos);
            last = new Turn(turn, speechEndNanos, noticedNanos);
            hands.heard(turn, nowNanos);
            if (opening) {
                // A greeting; it is in the transcript and asks for no answer.
                settleDown(nowNanos);
            } else {
                go(State.WORDS);
                outbox.arm(TIMER, nowNanos + settings.falseInterruptionWait().toNanos());
            }
        } else if (opening || shortSpeech) {
            settleDown(nowNanos);
        } else {
            takeFloor(nowNanos);
            startTurn(startNanos, nowNanos);
            pause(speechEndNanos, noticedNanos, nowNanos);
        }
    }

    /** The call is over: what was being said is a turn of its own, which is to be transcribed and not answered. */
    public void hungUp(long nowNanos) {
        switch (state) {
            case TALKING, PAUSED -> hands.heard(turn, nowNanos);
            case SUSPECT, GREETING, IGNORED -> {
                hands.listen(++turn, startNanos, nowNanos);
                hands.heard(turn, nowNanos);
            }
            case SILENT, WORDS -> {}
        }
        go(State.SILENT);
    }

    /** What was understood of a turn. */
    public void words(int ofTurn, String text, long nowNanos) {
        if (state != State.WORDS || ofTurn != turn) {
            return;
        }
        if (text.isBlank() || Backchannel.attention(text)) {
            settleDown(nowNanos);
        } else {
            answerWords(nowNanos);
        }
    }

    public void onTimer(long nowNanos) {
        switch (state) {
            case PAUSED -> {
                go(State.SILENT);
                hands.answer(last, false, nowNanos);
            }
            // Somebody said something, whatever it was.
            case WORDS -> answerWords(nowNanos);
            case SUSPECT -> suspicious(nowNanos);
            case SILENT, TALKING, GREETING, IGNORED -> {}
        }
    }

    private void suspicious(long nowNanos) {
        long sustainedNanos = startNanos + settings.sustainedSpeech().toNanos();
        if (hands.audible() && nowNanos < sustainedNanos) {
            held = true;
            hands.hold(nowNanos);
            outbox.arm(TIMER, sustainedNanos);
        } else {
            takeFloor(nowNanos);
            startTurn(startNanos, nowNanos);
        }
    }

    /** Looks after each step: when the agent has finished, suspicious speech is just speech. */
    public void settle(long nowNanos) {
        if (state == State.SUSPECT && hands.floor() == Floor.CALLER) {
            startTurn(startNanos, nowNanos);
        }
    }

    /** The agent will listen no more: what it has to say is heard to its end. */
    public void leave(long nowNanos) {
        if (state != State.SILENT && state != State.IGNORED) {
            settleDown(nowNanos);
        }
    }

    private void answerWords(long nowNanos) {
        takeFloor(nowNanos);
        go(State.SILENT);
        hands.answer(last, true, nowNanos);
    }

    private void takeFloor(long nowNanos) {
        held = false;
        if (hands.floor() != Floor.CALLER) {
            hands.interrupt(nowNanos);
        }
    }

    private void startTurn(long speechStartNanos, long nowNanos) {
        go(State.TALKING);
        hands.listen(++turn, speechStartNanos, nowNanos);
    }

    private void settleDown(long nowNanos) {
        go(State.SILENT);
        if (held) {
            held = false;
            hands.resume(nowNanos);
        }
    }

    private void go(State next) {
        state = next;
        outbox.disarm(TIMER);
    }
}
