package dev.revox.bench.overlap;

import dev.revox.bench.clip.CallerTurn;
import java.util.List;
import java.util.stream.Stream;

/** What is heard while the agent answers: words that want the floor, words that do not, and sounds that are none. */
final class OverSpeech {

    static final String INTERRUPTION = "interruption";
    static final String BACKCHANNEL = "backchannel";
    static final String NOISE = "noise";

    private static final String QUESTION = "What do you have on offer this week?";

    static final List<CallerTurn> ALL = Stream.of(
                    over(
                            INTERRUPTION,
                            "Wait, I have a question about the price.",
                            "No, that is not what I meant.",
                            "Sorry, can you speak to my wife instead?",
                            "Stop, I already have one.",
                            "Hold on, which day was that?",
                            "Actually I wanted the other one.",
                            "Can I pay by card?",
                            "That is too expensive for me.",
                            "How long does it take?",
                            "I need to go now.",
                            "Could you repeat the first part?",
                            "Excuse me, is that for this week?"),
                    over(
                            BACKCHANNEL,
                            "mm-hm",
                            "okay",
                            "yeah",
                            "right",
                            "uh-huh",
                            "I see",
                            "yes",
                            "sure",
                            "alright",
                            "mm-hm, okay",
                            "yeah, right",
                            "okay, okay"),
                    over(NOISE, "", "", "", "", "", "", "", "", "", "", "", ""))
            .flatMap(List::stream)
            .toList();

    private OverSpeech() {}

    private static List<CallerTurn> over(String kind, String... texts) {
        return Stream.of(texts)
                .map(text -> new CallerTurn(kind, List.of(QUESTION, text)))
                .toList();
    }
}
