package dev.revox.agent.prompt;

/**
 * What the agent says when no language model can say it. English by default; a host whose agents speak another language
 * gives its own.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param greeting the first sentence when it could not be generated
 * @param oneMoment while an answer takes long
 * @param apology when an answer failed; asks the person to say it again
 * @param sayAgain when the person was not understood
 * @param stillThere after a long silence
 * @param farewell before the agent hangs up because its providers are down
 */
public record Phrases(
        String greeting, String oneMoment, String apology, String sayAgain, String stillThere, String farewell) {

    public static final Phrases ENGLISH = new Phrases(
            "Hello! Can you hear me?",
            "One moment, please.",
            "I'm sorry, something went wrong on my side. Could you say that again?",
            "Sorry, I didn't catch that. Could you say it again?",
            "Are you still there?",
            "I'm sorry, I'm having technical problems and have to end the call. Goodbye.");

    @Override
    public String toString() {
        return "Phrases[]";
    }
}
