package dev.revox.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.revox.agent.llm.ChatMessage;
import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.llm.ToolSpec;
import dev.revox.agent.tool.Tool;
import dev.revox.agent.tool.ToolOutput;
import dev.revox.agent.tool.ToolSettings;
import dev.revox.agent.tool.ToolSource;
import dev.revox.agent.tool.host.JavaTool;
import dev.revox.agent.tool.schema.Shape;
import dev.revox.conversation.ConversationCommand.HangUp;
import dev.revox.conversation.ConversationCommand.Say;
import dev.revox.conversation.ConversationCommand.SendDtmf;
import dev.revox.conversation.ConversationNotice.ProviderFault;
import dev.revox.conversation.ConversationNotice.ToolCalled;
import dev.revox.testkit.script.provider.ScriptedTool;
import dev.revox.transcript.TranscriptItem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the agent's tools do to a talk. */
class ToolTest {

    private static final Shape.Members CITY = Shape.Members.of(
            Shape.Member.required("city", Shape.Text.oneOf(List.of("Paris", "Rome")), "where"),
            Shape.Member.optional("guests", new Shape.Numeric(true), "how many"));

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static ScriptedCall asked() {
        return ScriptedCall.script().callerSays(ms(500), ms(1500), "Is there a table?");
    }

    private static List<String> resultsSeen(ChatRequest request) {
        return request.messages().stream()
                .filter(ChatMessage.ToolResult.class::isInstance)
                .map(message -> ((ChatMessage.ToolResult) message).output())
                .toList();
    }

    private static List<String> offered(ChatRequest request) {
        return request.tools().stream().map(ToolSpec::name).toList();
    }

    @Test
    void calls_of_one_answer_run_at_once_and_come_back_in_order() {
        ScriptedTool slow = ScriptedTool.of("slow", ms(900), "slow result");
        ScriptedTool fast = ScriptedTool.of("fast", ms(100), "fast result");

        CallTimeline call = asked().tool(slow)
                .tool(fast)
                .llmCalls(List.of(new ToolCall("1", "slow", "{}"), new ToolCall("2", "fast", "")), ms(200))
                .llmAnswers("There is.", ms(200))
                .run(Duration.ofSeconds(8));

        assertThat(resultsSeen(call.modelRequests().get(1))).containsExactly("slow result", "fast result");
        assertThat(call.transcript())
                .containsExactly(
                        "user: Is there a table?", "tool: slow result", "tool: fast result", "assistant: There is.");
        assertThat(call.told(ToolCalled.class))
                .extracting(ToolCalled::name, ToolCalled::error)
                .containsExactly(tuple("slow", false), tuple("fast", false));
        // The turn is closed by 1900 ms at the latest; one after the other the tools would need a second.
        assertThat(call.first(Say.class)).isLessThan(ms(3400));
        assertThat(call.openWork()).isZero();
    }

    @Test
    void later_turns_know_what_was_done() {
        CallTimeline call = asked().tool(ScriptedTool.of("book", ms(100), "booked for two"))
                .llmCalls(List.of(new ToolCall("x", "book", "{}")), ms(200))
                .llmAnswers("It is booked.", ms(200))
                .callerSays(ms(6000), ms(7000), "Thanks, what time?")
                .llmAnswers("At eight.", ms(200))
                .run(Duration.ofSeconds(12));

        ChatRequest later = call.modelRequests().getLast();
        assertThat(resultsSeen(later)).containsExactly("booked for two");
        List<String> ids = later.messages().stream()
                .filter(ChatMessage.Assistant.class::isInstance)
                .flatMap(message -> ((ChatMessage.Assistant) message).toolCalls().stream())
                .map(ToolCall::id)
                .toList();
        assertThat(later.messages())
                .filteredOn(ChatMessage.ToolResult.class::isInstance)
                .extracting(message -> ((ChatMessage.ToolResult) message).callId())
                .isEqualTo(ids);
    }

    @Test
    void a_slow_tool_is_bridged_with_words_and_given_up_at_its_deadline() {
        ScriptedTool never = ScriptedTool.of("never", Duration.ofHours(1), "too late");

        CallTimeline call = asked().tool(never)
                .llmCalls(List.of(new ToolCall("1", "never", "{}")), ms(200))
                .llmAnswers("I cannot see it now.", ms(200))
                .run(Duration.ofSeconds(18));

        assertThat(call.transcript())
                .contains("assistant: One moment, please.")
                .endsWith("assistant: I cannot see it now.");
        assertThat(resultsSeen(call.modelRequests().get(1)).getFirst()).startsWith("No answer within 10000 ms");
        assertThat(call.told(ToolCalled.class))
                .extracting(ToolCalled::name, ToolCalled::error)
                .containsExactly(tuple("never", true));
        assertThat(never.cancelled()).isOne();
        assertThat(call.openWork()).isZero();
        assertThat(call.armedTimers()).isZero();
        assertThat(call.longestQuiet()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void words_before_a_slow_tool_are_followed_by_others() {
        CallTimeline call = asked().tool(ScriptedTool.of("slow", ms(7000), "yes"))
                .llmAnswersAndCalls("Let me look.", "slow", "{}", ms(200))
                .llmAnswers("There is.", ms(200))
                .run(Duration.ofSeconds(12));

        assertThat(String.join(" ", call.played()))
                .isEqualTo("Let me look. One moment, please. One moment, please. There is.");
        assertThat(call.longestQuiet()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void an_interruption_stops_a_tool_but_what_it_did_is_not_forgotten() {
        ScriptedTool slow = ScriptedTool.of("book", ms(5000), "booked");

        CallTimeline call = asked().tool(slow)
                .llmCalls(List.of(new ToolCall("1", "book", "{}")), ms(200))
                .callerSays(ms(3000), ms(4500), "Wait, I would like something else.")
                .llmAnswers("What would you like?", ms(200))
                .run(Duration.ofSeconds(15));

        assertThat(slow.cancelled()).isOne();
        assertThat(call.transcript())
                .anyMatch(line -> line.startsWith("tool: Nobody waited for the answer."))
                .endsWith("assistant: What would you like?");
        assertThat(resultsSeen(call.modelRequests().getLast())).hasSize(1);
        assertThat(call.openWork()).isZero();
        assertThat(call.armedTimers()).isZero();
    }

    @Test
    void a_hang_up_stops_a_tool_and_writes_it_down() {
        ScriptedTool slow = ScriptedTool.of("book", ms(5000), "booked");

        CallTimeline call = asked().tool(slow)
                .llmCalls(List.of(new ToolCall("1", "book", "{}")), ms(200))
                .callerHangsUp(ms(3000))
                .run(Duration.ofSeconds(15));

        assertThat(slow.cancelled()).isOne();
        assertThat(call.result().transcript().getLast())
                .isInstanceOfSatisfying(
                        TranscriptItem.Tool.class,
                        tool -> assertThat(tool.error()).isTrue());
        assertThat(call.openWork()).isZero();
        assertThat(call.armedTimers()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"city\":\"London\"}               | argument city must be one of: Paris, Rome",
                "{}                                  | argument city is required",
                "{\"city\":null}                     | argument city is required",
                "{\"city\":7}                        | argument city must be a text",
                "{\"city\":\"Rome\",\"guests\":\"2\"}| argument guests must be a number, not quoted",
                "{\"city\":\"Rome\",\"guests\":2.5}  | argument guests must be a whole number",
                "{\"city\":\"Rome\",\"vip\":true}    | argument vip is not an argument; there are only: city, guests",
                "{\"city\":                          | the arguments must be one JSON object",
                "[\"Rome\"]                          | the arguments must be one JSON object",
                "Rome                                | the arguments must be one JSON object",
            })
    void arguments_that_do_not_fit_are_an_error_and_nothing_is_done(String arguments, String problem) {
        ScriptedTool book = ScriptedTool.of("book", CITY, ms(100), () -> ToolOutput.of("booked"));

        CallTimeline call = asked().tool(book)
                .llmCalls(List.of(new ToolCall("1", "book", arguments)), ms(200))
                .llmAnswers("Which city?", ms(200))
                .run(Duration.ofSeconds(8));

        assertThat(book.calls()).isEmpty();
        assertThat(resultsSeen(call.modelRequests().get(1))).containsExactly(problem);
        assertThat(call.told(ToolCalled.class))
                .extracting(ToolCalled::name, ToolCalled::error)
                .containsExactly(tuple("book", true));
        assertThat(call.transcript()).endsWith("assistant: Which city?");
    }

    @Test
    void an_argument_that_is_null_counts_as_left_out() {
        ScriptedTool book = ScriptedTool.of("book", CITY, ms(100), () -> ToolOutput.of("booked"));

        CallTimeline call = asked().tool(book)
                .llmCalls(List.of(new ToolCall("1", "book", "{\"city\":\"Rome\",\"guests\":null}")), ms(200))
                .run(Duration.ofSeconds(8));

        assertThat(book.calls()).hasSize(1);
        assertThat(call.told(ToolCalled.class))
                .extracting(ToolCalled::name, ToolCalled::error)
                .containsExactly(tuple("book", false));
    }

    @Test
    void whatever_a_tool_throws_the_call_goes_on() {
        for (Throwable thrown : List.of(
                new IllegalStateException("key 12345"), new StackOverflowError(), new OutOfMemoryError("heap"))) {
            ScriptedTool broken = ScriptedTool.of("broken", Shape.Members.NONE, ms(100), () -> {
                throw ToolTest.<RuntimeException>sneaky(thrown);
            });

            CallTimeline call = asked().tool(broken)
                    .llmCalls(List.of(new ToolCall("1", "broken", "{}")), ms(200))
                    .llmAnswers("I could not look.", ms(200))
                    .run(Duration.ofSeconds(8));

            assertThat(call.transcript()).endsWith("assistant: I could not look.");
            assertThat(call.told(ProviderFault.class))
                    .containsExactly(new ProviderFault(
                            "tool broken", "threw " + thrown.getClass().getName()));
            assertThat(resultsSeen(call.modelRequests().get(1)).getFirst())
                    .startsWith("The tool failed.")
                    .doesNotContain("12345");
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void an_endless_result_is_cut_between_code_points_and_says_so() {
        ScriptedTool wordy = ScriptedTool.of("wordy", ms(100), "a" + "\uD83D\uDE00".repeat(20_000));

        CallTimeline call = asked().tool(wordy)
                .llmCalls(List.of(new ToolCall("1", "wordy", "{}")), ms(200))
                .run(Duration.ofSeconds(8));

        String seen = resultsSeen(call.modelRequests().get(1)).getFirst();
        String kept = seen.substring(0, seen.indexOf('\n'));
        assertThat(kept.getBytes(StandardCharsets.UTF_8)).hasSize((16 << 10) - 3);
        assertThat(kept).doesNotContain("\uFFFD");
        assertThat(seen).endsWith("\n[Cut here: the result has 80001 bytes, the limit is 16384.]");
    }

    @Test
    void budgets_of_a_turn_and_of_a_call_are_kept() {
        ScriptedTool tool = ScriptedTool.of("look", ms(10), "seen");
        ToolCall once = new ToolCall("1", "look", "{}");

        CallTimeline call = asked().tool(tool)
                .agent(agent -> agent.toolSettings(ToolSettings.DEFAULT.withBudget(2, 3)))
                .llmCalls(List.of(once, once, once), ms(200))
                .llmAnswers("One.", ms(200))
                .callerSays(ms(5000), ms(6000), "And now?")
                .llmCalls(List.of(once, once), ms(200))
                .llmAnswers("Two.", ms(200))
                .callerSays(ms(9000), ms(10_000), "And then?")
                .llmCalls(List.of(once, new ToolCall("2", "end_call", "{}")), ms(200))
                .run(Duration.ofSeconds(20));

        assertThat(tool.calls()).hasSize(2);
        assertThat(call.result().transcript())
                .filteredOn(TranscriptItem.Tool.class::isInstance)
                .extracting(TranscriptItem::content)
                .containsExactly(
                        "seen",
                        "seen",
                        "Too many tool calls for one turn. Answer with what you know.",
                        "Too many tool calls in this conversation. Go on without tools.",
                        "Too many tool calls in this conversation. Go on without tools.",
                        "Too many tool calls in this conversation. Go on without tools.",
                        "The call ends now.");
        assertThat(offered(call.modelRequests().getFirst())).containsExactly("end_call", "look");
        assertThat(offered(call.modelRequests().getLast())).containsExactly("end_call");
        assertThat(call.all(HangUp.class)).hasSize(1);
    }

    @Test
    void keys_are_pressed_where_the_assistant_navigates_menus() {
        CallTimeline call = ScriptedCall.script()
                .assistant(assistant -> assistant.ivrNavigation(true))
                .callerSays(ms(500), ms(3500), "For sales press one, for support press two.")
                .llmCalls(List.of(new ToolCall("1", "send_dtmf", "{\"digits\":\"1w2 a\"}")), ms(200))
                .callerSays(ms(6000), ms(7000), "Please hold the line.")
                .llmCalls(List.of(new ToolCall("2", "skip_turn", "{}")), ms(200))
                .run(Duration.ofSeconds(9));

        assertThat(call.all(SendDtmf.class)).containsExactly(new SendDtmf("1w2A"));
        assertThat(call.played()).isEmpty();
        assertThat(call.modelRequests()).hasSize(2);
        assertThat(offered(call.modelRequests().getFirst())).contains("send_dtmf", "skip_turn");
        assertThat(call.result().transcript())
                .filteredOn(TranscriptItem.Tool.class::isInstance)
                .extracting(item -> ((TranscriptItem.Tool) item).arguments())
                .containsExactly(Map.of("digits", "1w2 a"), Map.of());
    }

    @ParameterizedTest
    @CsvSource({"''", "www", "12#x", "1;2", "123456789012345678901234567890123", "'1\r\n2!'"})
    void keys_that_no_telephone_has_are_refused(String digits) {
        CallTimeline call = asked().assistant(assistant -> assistant.ivrNavigation(true))
                .llmAnswersAndCalls(
                        "",
                        "send_dtmf",
                        "{\"digits\":\"" + digits.replace("\r", "\\r").replace("\n", "\\n") + "\"}",
                        ms(200))
                .llmAnswers("Hm.", ms(200))
                .run(Duration.ofSeconds(8));

        assertThat(call.all(SendDtmf.class)).isEmpty();
        assertThat(call.transcript()).endsWith("assistant: Hm.");
    }

    @Test
    void without_menu_navigation_no_key_is_pressed() {
        CallTimeline call = asked().llmAnswersAndCalls("", "send_dtmf", "{\"digits\":\"1\"}", ms(200))
                .llmAnswers("Hm.", ms(200))
                .run(Duration.ofSeconds(8));

        assertThat(call.all(SendDtmf.class)).isEmpty();
        assertThat(offered(call.modelRequests().getFirst())).containsExactly("end_call");
        assertThat(call.transcript()).contains("tool: There is no tool of that name.");
    }

    enum Meal {
        LUNCH,
        DINNER
    }

    record Table(Meal meal, int guests) {}

    @Test
    void a_java_method_is_called_with_a_record_and_gives_json() {
        CallTimeline call = asked().variable("name", "Dana")
                .agent(agent -> agent.tool(
                        "find_table",
                        "Finds a table.",
                        Table.class,
                        (wanted, about) -> Map.of(
                                "for", String.valueOf(about.variables().get("name")), "seats", wanted.guests() + 1)))
                .llmCalls(
                        List.of(
                                new ToolCall("1", "find_table", "{\"meal\":\"DINNER\",\"guests\":2}"),
                                new ToolCall("2", "find_table", "{\"meal\":\"BREAKFAST\",\"guests\":2}")),
                        ms(200))
                .llmAnswers("There is.", ms(200))
                .run(Duration.ofSeconds(8));

        List<String> seen = resultsSeen(call.modelRequests().get(1));
        assertThat(seen.getFirst()).isIn("{\"for\":\"Dana\",\"seats\":3}", "{\"seats\":3,\"for\":\"Dana\"}");
        assertThat(seen.getLast()).isEqualTo("argument meal must be one of: LUNCH, DINNER");
        assertThat(call.transcript()).endsWith("assistant: There is.");
    }

    @Test
    void a_murmur_of_the_person_does_not_stop_a_tool() {
        ScriptedTool slow = ScriptedTool.of("slow", ms(4000), "yes");

        CallTimeline call = asked().tool(slow)
                .llmCalls(List.of(new ToolCall("1", "slow", "{}")), ms(200))
                .callerSays(ms(2600), ms(2900), "Mm-hm")
                .llmAnswers("There is.", ms(200))
                .run(Duration.ofSeconds(10));

        assertThat(slow.cancelled()).isZero();
        assertThat(call.transcript()).contains("tool: yes", "assistant: There is.");
    }

    @Test
    void a_model_that_fails_after_a_tool_apologises_and_knows_the_tool_afterwards() {
        CallTimeline call = asked().tool(ScriptedTool.of("book", ms(100), "booked"))
                .llmCalls(List.of(new ToolCall("1", "book", "{}")), ms(200))
                .llmFails("", ms(200))
                .llmFails("", ms(200))
                .callerSays(ms(8000), ms(9000), "Is it booked?")
                .llmAnswers("Yes, it is.", ms(200))
                .run(Duration.ofSeconds(14));

        assertThat(call.transcript()).contains("tool: booked").endsWith("assistant: Yes, it is.");
        assertThat(resultsSeen(call.modelRequests().getLast())).containsExactly("booked");
    }

    /** What a server of tools looks like to an agent. */
    private static final class Shelf implements ToolSource {
        private final List<Tool> tools = new ArrayList<>();
        private boolean closed;

        @Override
        public void warmUp() {}

        @Override
        public List<Tool> tools() {
            return tools;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void a_source_of_tools_is_asked_when_a_call_begins_and_closed_with_the_agent() {
        Shelf shelf = new Shelf();
        ScriptedTool own = ScriptedTool.of("find_table", ms(10), "the host's own");
        ScriptedCall script = asked().tool(own).agent(agent -> agent.tools(shelf));
        shelf.tools.add(ScriptedTool.of("find_table", ms(10), "not this one"));
        shelf.tools.add(JavaTool.of("say_hours", "Says the hours.", Hours.class, (hours, call) -> "nine to five"));

        CallTimeline call = script.llmCalls(
                        List.of(new ToolCall("1", "say_hours", "{}"), new ToolCall("2", "find_table", "{}")), ms(200))
                .run(Duration.ofSeconds(6));

        assertThat(offered(call.modelRequests().getFirst())).containsExactly("end_call", "find_table", "say_hours");
        assertThat(resultsSeen(call.modelRequests().get(1))).containsExactly("nine to five", "the host's own");
        assertThat(shelf.closed).isTrue();
    }

    record Hours() {}
}
