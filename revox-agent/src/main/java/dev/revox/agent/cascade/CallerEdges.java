package dev.revox.agent.cascade;

import dev.revox.agent.listening.Listener;
import dev.revox.agent.turn.TurnController;
import dev.revox.agent.turn.sound.TurnEar;
import dev.revox.agent.turn.sound.TurnSignal;
import dev.revox.line.LegEvent;
import java.util.OptionalLong;

/**
 * Where the caller's speech begins, pauses and ends, told to those who must know: the recogniser, the turn controller, and the
 * end-of-turn model, which is asked at each pause.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class CallerEdges {

    private final Listener listener;
    private final TurnController turns;
    private final TurnEar turnEar;

    private OptionalLong earlySpeech = OptionalLong.empty();
    private boolean connected;
    private long turnFromSample;

    CallerEdges(Listener listener, TurnController turns, TurnEar turnEar) {
        this.listener = listener;
        this.turns = turns;
        this.turnEar = turnEar;
    }

    /** The call is up, and the listener hears. */
    void connected(long nowNanos) {
        connected = true;
        earlySpeech.ifPresent(startNanos -> started(startNanos, nowNanos));
    }

    /** Speech in early media is an announcement; only when it goes on after the answer is it a person's. */
    void started(long startNanos, long nowNanos) {
        if (!connected) {
            earlySpeech = OptionalLong.of(startNanos);
            return;
        }
        earlySpeech = OptionalLong.empty();
        boolean newTurn = !turns.callerActive();
        listener.speechStarted(startNanos, nowNanos);
        turns.speechStarted(startNanos);
        turnEar.soundGoesOn(nowNanos);
        if (newTurn) {
            turnFromSample = listener.speechFromSample();
        }
    }

    void paused(LegEvent.SpeechPaused paused, long nowNanos) {
        if (connected && turns.callerSpeaking()) {
            int pause = listener.speechPaused(paused.confirmed());
            turns.speechPaused(pause, paused.speechEndNanos(), paused.atNanos(), paused.confirmed());
            askModel(nowNanos);
        }
    }

    /** Behind a pause at which the turn was closed, going on is as good as a new start. */
    void resumed(long startNanos, long nowNanos) {
        if (connected && turns.callerSpeaking()) {
            listener.speechResumed();
            turns.speechResumed(startNanos);
            turnEar.soundGoesOn(nowNanos);
        } else {
            started(startNanos, nowNanos);
        }
    }

    void ended(LegEvent.SpeechEnded ended, long nowNanos) {
        earlySpeech = OptionalLong.empty();
        if (connected && turns.callerSpeaking()) {
            int utterance = listener.speechEnded(nowNanos);
            turns.speechEnded(ended.speechEndNanos(), ended.atNanos(), utterance);
            askModel(nowNanos);
        }
    }

    /** The call is over; what was being said ends here. */
    void hungUp(long nowNanos) {
        if (connected && turns.callerSpeaking()) {
            turns.speechEnded(nowNanos, nowNanos, listener.speechEnded(nowNanos));
        }
    }

    void on(TurnSignal signal, long nowNanos) {
        if (turnEar.awaited(signal)) {
            turnEar.answered(signal, nowNanos).ifPresentOrElse(turns::modelAnswered, turns::modelFailed);
        }
    }

    void close() {
        turnEar.close();
    }

    private void askModel(long nowNanos) {
        if (turns.callerHasFloor()) {
            turnEar.ask(longestMs -> listener.heard(turnFromSample, longestMs), listener.sampleRateHz(), nowNanos)
                    .ifPresent(turns::modelAsked);
        }
    }
}
