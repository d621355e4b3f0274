package dev.revox.agent.tool;

import dev.revox.conversation.ConversationSetup;
import dev.revox.order.Direction;
import dev.revox.phone.PhoneNumber;
import java.util.Map;
import java.util.Optional;

/**
 * In which call a tool is called. Its {@code toString} holds ids only.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param variables those of the order, and the built-in ones
 * @param userNumber the person on the line, empty when withheld
 */
public record ToolContext(
        String orderId,
        String attemptId,
        Direction direction,
        Map<String, String> variables,
        Optional<PhoneNumber> userNumber) {

    public ToolContext {
        variables = Map.copyOf(variables);
    }

    public static ToolContext of(ConversationSetup setup) {
        return new ToolContext(
                setup.orderId(), setup.attemptId(), setup.direction(), setup.variables(), setup.userNumber());
    }

    @Override
    public String toString() {
        return "ToolContext[order=" + orderId + ", attempt=" + attemptId + "]";
    }
}
