package dev.revox.conversation;

import dev.revox.assistant.Assistant;
import dev.revox.assistant.LlmModel;
import dev.revox.order.Direction;
import dev.revox.phone.PhoneNumber;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * What a conversation knows before it begins.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param assistant the snapshot, with every text already interpolated but those of tools
 * @param model the effective model, empty for the agent's default
 * @param firstSentenceDelay the effective delay
 * @param userNumber the person on the line, empty when withheld
 * @param zone the recipient's zone, for dates and times in the prompt
 */
public record ConversationSetup(
        String orderId,
        String attemptId,
        Direction direction,
        Assistant assistant,
        Optional<LlmModel> model,
        Duration firstSentenceDelay,
        Map<String, String> variables,
        Optional<PhoneNumber> userNumber,
        Optional<PhoneNumber> agentNumber,
        ZoneId zone,
        TimeSource time) {

    public ConversationSetup {
        variables = Map.copyOf(variables);
    }

    @Override
    public String toString() {
        return "ConversationSetup[order=" + orderId + ", attempt=" + attemptId + "]";
    }
}
