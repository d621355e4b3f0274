package dev.revox.agent.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.agent.llm.ChatMessage;
import dev.revox.agent.llm.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ContextWindowTest {

    private static final ChatMessage HELLO = new ChatMessage.Assistant("Hello, this is Ada.", List.of());

    private static List<ChatMessage> turn(int number) {
        return List.of(
                new ChatMessage.User("Question " + number + " " + "q".repeat(80)),
                new ChatMessage.Assistant("Answer " + number + " " + "a".repeat(80), List.of()));
    }

    private static List<ChatMessage> call(int turns) {
        List<ChatMessage> history = new ArrayList<>();
        history.add(HELLO);
        for (int i = 1; i <= turns; i++) {
            history.addAll(turn(i));
        }
        return history;
    }

    private static long tokens(List<ChatMessage> messages) {
        return messages.stream().mapToLong(ContextWindow::tokens).sum();
    }

    @Test
    void a_short_call_is_told_whole() {
        List<ChatMessage> history = call(3);
        assertThat(new ContextWindow(ContextSettings.DEFAULT).of(history)).isEqualTo(history);
    }

    @Test
    void of_a_long_call_the_first_sentence_and_the_newest_turns_are_told() {
        List<ChatMessage> told = new ContextWindow(new ContextSettings(300)).of(call(40));
        assertThat(told.getFirst()).isEqualTo(HELLO);
        assertThat(told.get(1))
                .isInstanceOfSatisfying(
                        ChatMessage.User.class, user -> assertThat(user.text()).startsWith(ContextWindow.LEFT_OUT));
        assertThat(told.subList(told.size() - 2, told.size())).isEqualTo(turn(40));
        assertThat(tokens(told)).isLessThanOrEqualTo(300);
    }

    @Test
    void the_beginning_stays_the_same_for_several_turns() {
        ContextWindow window = new ContextWindow(new ContextSettings(1000));
        int changes = 0;
        ChatMessage before = HELLO;
        for (int turns = 1; turns <= 60; turns++) {
            ChatMessage second = window.of(call(turns)).get(1);
            changes += second.equals(before) ? 0 : 1;
            before = second;
        }
        assertThat(changes).isBetween(4, 15);
    }

    @Test
    void the_newest_turn_is_told_even_if_it_alone_is_too_long() {
        List<ChatMessage> history = call(5);
        history.add(new ChatMessage.User("long ".repeat(2000)));
        List<ChatMessage> told = new ContextWindow(new ContextSettings(200)).of(history);
        assertThat(told).hasSize(2);
        assertThat(told.getLast())
                .isInstanceOfSatisfying(
                        ChatMessage.User.class, user -> assertThat(user.text()).endsWith("long "));
    }

    @Test
    void a_first_sentence_behind_an_early_greeting_is_kept_as_well() {
        List<ChatMessage> history = new ArrayList<>(call(40));
        history.addFirst(new ChatMessage.User("Yes, hello?"));
        List<ChatMessage> told = new ContextWindow(new ContextSettings(300)).of(history);
        assertThat(told.getFirst()).isEqualTo(HELLO);
    }

    @Test
    void letters_of_other_scripts_count_for_more() {
        assertThat(ContextWindow.tokens(new ChatMessage.User("明日の予約を確認します"))).isEqualTo(4 + 11);
        assertThat(ContextWindow.tokens(new ChatMessage.User("Bonjour à tous"))).isEqualTo(4 + 4);
    }

    @Test
    void a_budget_that_holds_nothing_is_refused() {
        assertThatThrownBy(() -> new ContextSettings(10)).hasMessageContaining("mostTokens");
    }

    /** Whatever happens in a call: in budget but for the newest turn, in order, and no tool result without its call. */
    @Property(tries = 300)
    void what_is_told_is_a_whole_end_of_the_call(
            @ForAll long seed, @ForAll @IntRange(min = 200, max = 3000) int budget) {
        Random random = new Random(seed);
        ContextWindow window = new ContextWindow(new ContextSettings(budget));
        List<ChatMessage> history = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            addSomething(history, random, step);
            List<ChatMessage> told = window.of(history);
            int newestTurn = newestTurn(history);
            List<ChatMessage> newest = history.subList(newestTurn, history.size());
            assertThat(withoutMark(told)).endsWith(newest.toArray(ChatMessage[]::new));
            if (told.size() > newest.size() + 1) {
                assertThat(tokens(told)).isLessThanOrEqualTo(budget);
            }
            assertThat(history).containsSubsequence(withoutMark(told));
            every_result_follows_its_call(told);
        }
    }

    private static void addSomething(List<ChatMessage> history, Random random, int step) {
        String text = "w".repeat(1 + random.nextInt(400));
        switch (random.nextInt(3)) {
            case 0 -> history.add(new ChatMessage.User(step + text));
            case 1 -> history.add(new ChatMessage.Assistant(step + text, List.of()));
            default -> {
                ToolCall call = new ToolCall("call-" + step, "look_up", "{\"day\":\"" + text + "\"}");
                history.add(new ChatMessage.Assistant("", List.of(call)));
                history.add(new ChatMessage.ToolResult(call.id(), step + text));
            }
        }
    }

    private static int newestTurn(List<ChatMessage> history) {
        for (int i = history.size() - 1; i >= 0; i--) {
            if (history.get(i) instanceof ChatMessage.User) {
                return i;
            }
        }
        return 0;
    }

    private static List<ChatMessage> withoutMark(List<ChatMessage> told) {
        return told.stream()
                .map(message ->
                        message instanceof ChatMessage.User user && user.text().startsWith(ContextWindow.LEFT_OUT)
                                ? new ChatMessage.User(user.text().substring(ContextWindow.LEFT_OUT.length()))
                                : message)
                .toList();
    }

    private static void every_result_follows_its_call(List<ChatMessage> told) {
        List<String> called = new ArrayList<>();
        for (ChatMessage message : told) {
            if (message instanceof ChatMessage.Assistant said) {
                said.toolCalls().forEach(call -> called.add(call.id()));
            } else if (message instanceof ChatMessage.ToolResult result) {
                assertThat(called).contains(result.callId());
            }
        }
    }
}
