package dev.revox.testkit.script;

import dev.revox.agent.llm.ChatRequest;
import dev.revox.conversation.ConversationCommand;
import dev.revox.conversation.ConversationNotice;
import dev.revox.conversation.ConversationResult;
import dev.revox.transcript.TranscriptItem;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What came of a scripted call. Times count from the answer; {@link #conversationSaid()} is what the agent believes was heard,
 * {@link #played()} is what really left the mouth.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param commands everything the conversation asked of its call, with its time
 * @param played the agent's words that left in packets from their first sample to their last
 * @param lasted from the answer to the end of the leg
 * @param longestQuiet the longest time in which neither side made a sound
 * @param modelRequests what the language model was asked
 * @param openWork provider work that nobody finished or cancelled
 * @param armedTimers timers that nobody cleared
 */
public record CallTimeline(
        ConversationResult result,
        List<Given> commands,
        List<String> played,
        Duration lasted,
        Duration longestQuiet,
        List<ChatRequest> modelRequests,
        int openWork,
        int armedTimers) {

    public CallTimeline {
        commands = List.copyOf(commands);
        played = List.copyOf(played);
        modelRequests = List.copyOf(modelRequests);
    }

    /** A command and when it was given. */
    public record Given(Duration at, ConversationCommand command) {}

    /** Commands of one kind. */
    public <C extends ConversationCommand> List<C> all(Class<C> kind) {
        return commands.stream()
                .map(Given::command)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** When a command of that kind was first given; fails when it never was. */
    public Duration first(Class<? extends ConversationCommand> kind) {
        return commands.stream()
                .filter(given -> kind.isInstance(given.command()))
                .map(Given::at)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " was given"));
    }

    /** What the host's listeners were told, of one kind. */
    public <N extends ConversationNotice> List<N> told(Class<N> kind) {
        return all(ConversationCommand.Tell.class).stream()
                .map(ConversationCommand.Tell::notice)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** The transcript as {@code role: content} lines. */
    public List<String> transcript() {
        return result.transcript().stream()
                .map(item -> item.getClass().getSimpleName().toLowerCase(Locale.ROOT) + ": " + item.content())
                .toList();
    }

    /** The agent's words by its own transcript. */
    public List<String> conversationSaid() {
        return result.transcript().stream()
                .filter(TranscriptItem.Assistant.class::isInstance)
                .flatMap(item -> Arrays.stream(item.content().split("\\s+")))
                .toList();
    }

    @Override
    public String toString() {
        return "CallTimeline[" + commands.size() + " commands, " + lasted + "]";
    }
}
