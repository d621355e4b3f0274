package dev.revox.agent.turn;

import java.time.Duration;

/**
 * How patient the agent is: when a turn of the person on the line is over, and what counts as an interruption.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param completeTurnDelay from the end of speech to the end of the turn when its text looks complete; default 150 ms
 * @param neutralTurnDelay the same when the text looks neither complete nor incomplete; default 400 ms
 * @param incompleteTurnDelay the same when the text stops in the middle of a phrase, a number or an e-mail address; default
 *     2500 ms
 * @param adaptive whether {@code neutralTurnDelay} follows this caller's own pauses; default on
 * @param preemptive whether an answer is begun on the first likely end of a turn, and used if that was it; default on
 * @param shortestTurnDelay lower bound of the adaptive delay; default 120 ms
 * @param bargeInSpeech speech of this length holds the agent's playout; default 120 ms
 * @param interruptionSpeech speech of this length that nobody could recognise counts as an interruption; default 300 ms
 * @param sustainedSpeech speech that goes on for this long interrupts without waiting for words; default 700 ms
 * @param falseInterruptionWait how long playout is held for words before it goes on; default 2 s
 * @param userSilence mutual silence after which the agent asks, and after as much again ends the call; default 10 s
 * @param longestGreeting how long the first sentence waits for a person who is speaking; default 8 s
 * @param turnModel how far an end-of-turn model is trusted, if there is one
 */
public record TurnSettings(
        Duration completeTurnDelay,
        Duration neutralTurnDelay,
        Duration incompleteTurnDelay,
        boolean adaptive,
        boolean preemptive,
        Duration shortestTurnDelay,
        Duration bargeInSpeech,
        Duration interruptionSpeech,
        Duration sustainedSpeech,
        Duration falseInterruptionWait,
        Duration userSilence,
        Duration longestGreeting,
        TurnModelSettings turnModel) {

    public static final TurnSettings DEFAULT = builder().build();

    public TurnSettings {
        positive("completeTurnDelay", completeTurnDelay);
        positive("neutralTurnDelay", neutralTurnDelay);
        positive("incompleteTurnDelay", incompleteTurnDelay);
        positive("shortestTurnDelay", shortestTurnDelay);
        positive("bargeInSpeech", bargeInSpeech);
        positive("interruptionSpeech", interruptionSpeech);
        positive("sustainedSpeech", sustainedSpeech);
        positive("falseInterruptionWait", falseInterruptionWait);
        positive("userSilence", userSilence);
        positive("longestGreeting", longestGreeting);
        if (shortestTurnDelay.compareTo(incompleteTurnDelay) > 0) {
            throw new IllegalArgumentException("shortestTurnDelay must not exceed incompleteTurnDelay");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than zero, was " + value);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings that differ from the defaults. <b>Thread:</b> confined to its caller. */
    public static final class Builder {

        private Duration completeTurnDelay = Duration.ofMillis(150);
        private Duration neutralTurnDelay = Duration.ofMillis(400);
        private Duration incompleteTurnDelay = Duration.ofMillis(2500);
        private boolean adaptive = true;
        private boolean preemptive = true;
        private Duration shortestTurnDelay = Duration.ofMillis(120);
        private Duration bargeInSpeech = Duration.ofMillis(120);
        private Duration interruptionSpeech = Duration.ofMillis(300);
        private Duration sustainedSpeech = Duration.ofMillis(700);
        private Duration falseInterruptionWait = Duration.ofSeconds(2);
        private Duration userSilence = Duration.ofSeconds(10);
        private Duration longestGreeting = Duration.ofSeconds(8);
        private TurnModelSettings turnModel = TurnModelSettings.DEFAULT;

        private Builder() {}

        /** The three delays from the end of speech to the end of a turn. */
        public Builder turnDelays(Duration complete, Duration neutral, Duration incomplete) {
            completeTurnDelay = complete;
            neutralTurnDelay = neutral;
            incompleteTurnDelay = incomplete;
            return this;
        }

        public Builder adaptive(boolean on, Duration shortest) {
            adaptive = on;
            shortestTurnDelay = shortest;
            return this;
        }

        /** Whether answers are begun before the turn is over; costs some calls of the model that are thrown away. */
        public Builder preemptive(boolean on) {
            preemptive = on;
            return this;
        }

        public Builder bargeInSpeech(Duration value) {
            bargeInSpeech = value;
            return this;
        }

        /** What interrupts: unrecognised speech once it is over, and speech that goes on without words. */
        public Builder interruption(Duration unrecognised, Duration sustained) {
            interruptionSpeech = unrecognised;
            sustainedSpeech = sustained;
            return this;
        }

        public Builder falseInterruptionWait(Duration value) {
            falseInterruptionWait = value;
            return this;
        }

        public Builder userSilence(Duration value) {
            userSilence = value;
            return this;
        }

        public Builder longestGreeting(Duration value) {
            longestGreeting = value;
            return this;
        }

        /** How far an end-of-turn model is trusted. */
        public Builder turnModel(TurnModelSettings value) {
            turnModel = value;
            return this;
        }

        public TurnSettings build() {
            return new TurnSettings(
                    completeTurnDelay,
                    neutralTurnDelay,
                    incompleteTurnDelay,
                    adaptive,
                    preemptive,
                    shortestTurnDelay,
                    bargeInSpeech,
                    interruptionSpeech,
                    sustainedSpeech,
                    falseInterruptionWait,
                    userSilence,
                    longestGreeting,
                    turnModel);
        }
    }
}
