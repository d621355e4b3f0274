package dev.revox.agent.step;

import dev.revox.conversation.ConversationCommand;
import dev.revox.conversation.ConversationNotice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The commands that one step of a conversation gives, in order, and the timers that are armed.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class Outbox {

    private final Map<String, Long> armed = new LinkedHashMap<>();
    private List<ConversationCommand> commands = new ArrayList<>();

    public void add(ConversationCommand command) {
        commands.add(command);
    }

    public void tell(ConversationNotice notice) {
        commands.add(new ConversationCommand.Tell(notice));
    }

    /** Arms a timer, or moves it. Nothing is sent when it is armed for that moment already. */
    public void arm(String timer, long dueNanos) {
        Long before = armed.put(timer, dueNanos);
        if (before == null || before != dueNanos) {
            commands.add(new ConversationCommand.SetTimer(timer, dueNanos));
        }
    }

    public void disarm(String timer) {
        if (armed.remove(timer) != null) {
            commands.add(new ConversationCommand.CancelTimer(timer));
        }
    }

    public void disarmAll() {
        for (String timer : armed.keySet()) {
            commands.add(new ConversationCommand.CancelTimer(timer));
        }
        armed.clear();
    }

    /** A timer has gone off. */
    public void fired(String timer) {
        armed.remove(timer);
    }

    public boolean isArmed(String timer) {
        return armed.containsKey(timer);
    }

    /** Everything since the last call. */
    public List<ConversationCommand> drain() {
        List<ConversationCommand> drained = commands;
        commands = new ArrayList<>();
        return drained;
    }
}
