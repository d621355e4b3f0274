package dev.revox.agent.stt.deepgram;

import dev.revox.agent.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * One {@code Results} message. Its {@code toString} holds no words.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param endSeconds where the sound ends that it is about, from the start of the stream
 * @param isFinal its words will not change any more
 * @param fromFinalize it answers our {@code Finalize}
 */
record DeepgramResult(String text, double endSeconds, boolean isFinal, boolean fromFinalize) {

    /** Empty when the message is not as documented. */
    static Optional<DeepgramResult> of(Json message) {
        Optional<String> text = message.object("channel").flatMap(channel -> {
            List<Json> alternatives = channel.objects("alternatives");
            return alternatives.isEmpty()
                    ? Optional.empty()
                    : alternatives.getFirst().text("transcript");
        });
        double end =
                message.number("start").orElse(0) + message.number("duration").orElse(0);
        return text.map(words ->
                new DeepgramResult(words.strip(), end, message.isTrue("is_final"), message.isTrue("from_finalize")));
    }

    @Override
    public String toString() {
        return "DeepgramResult[" + text.length() + " chars]";
    }
}
