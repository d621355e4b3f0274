package dev.revox.agent.turn;

import dev.revox.agent.turn.text.Backchannel;

/**
 * The rule for speech that comes while the agent has the floor: it first only HOLDS the agent's playout; then evidence decides.
 *
 * <p>Playout being held already, the caller hears no difference between a held and a flushed agent, so there is time to tell a
 * cough or an "mm-hm" from an interruption even when recognition gives words only after the end of speech.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class Interruption {

    private final TurnSettings settings;
    private final CallerSpeech caller;

    private boolean holding;
    private long heldSinceNanos;
    /** This speech was found to be no interruption; only a new one may hold again. */
    private boolean spent;

    Interruption(TurnSettings settings, CallerSpeech caller) {
        this.settings = settings;
        this.caller = caller;
    }

    void renew() {
        spent = false;
    }

    boolean holding() {
        return holding;
    }

    TurnDecision resume() {
        holding = false;
        spent = true;
        return new TurnDecision.Resume();
    }

    TurnDecision decide(boolean opening, long nowNanos) {
        long holdAt = caller.startNanos() + settings.bargeInSpeech().toNanos();
        if (caller.voiced() && !holding && nowNanos < holdAt) {
            return new TurnDecision.Wait(holdAt);
        }
        String said = caller.everything();
        if (!said.isBlank() && !harmless(said, opening)) {
            return interrupt();
        }
        return holding ? whileHeld(said, nowNanos) : maybeHold(nowNanos);
    }

    private TurnDecision maybeHold(long nowNanos) {
        if (!caller.voiced() || spent || caller.currentSetAside()) {
            if (!caller.speaking() && !caller.awaitsWords()) {
                caller.clear();
            }
            return TurnDecision.WAIT;
        }
        holding = true;
        heldSinceNanos = nowNanos;
        return new TurnDecision.Hold();
    }

    private TurnDecision whileHeld(String said, long nowNanos) {
        long waitedUntil = heldSinceNanos + settings.falseInterruptionWait().toNanos();
        if (caller.speaking()) {
            if (caller.atConfirmedPause() && !said.isBlank()) {
                return resume();
            }
            long sustainedAt = caller.startNanos() + settings.sustainedSpeech().toNanos();
            boolean sustains = said.isBlank() && caller.voiced();
            long enough = sustains ? Math.min(sustainedAt, waitedUntil) : waitedUntil;
            return nowNanos >= enough ? interrupt() : new TurnDecision.Wait(enough);
        }
        if (!caller.awaitsWords()) {
            if (said.isBlank()
                    && caller.unrecognisedNanos()
                            >= settings.interruptionSpeech().toNanos()) {
                return interrupt();
            }
            caller.clear();
            return resume();
        }
        return nowNanos >= waitedUntil ? resume() : new TurnDecision.Wait(waitedUntil);
    }

    private static boolean harmless(String said, boolean opening) {
        return opening ? Backchannel.greeting(said) : Backchannel.attention(said);
    }

    private TurnDecision interrupt() {
        holding = false;
        return new TurnDecision.Interrupt();
    }
}
