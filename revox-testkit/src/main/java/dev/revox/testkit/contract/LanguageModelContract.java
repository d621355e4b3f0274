package dev.revox.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.llm.ChatMessage;
import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.llm.ToolSpec;
import dev.revox.agent.stream.Cancellable;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stream.ProviderException.Kind;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LanguageModel} keeps to. Its server must answer {@value #ANSWER} to a request without tools, and a call
 * of {@value #TOOL} with {@value #ARGUMENTS} to one with tools.
 */
public abstract class LanguageModelContract {

    /** A secret that must not be seen outside of requests. */
    protected static final String KEY = "sk-canary-5b1f7e";

    protected static final String ANSWER = "One two three four five six seven eight.";
    protected static final String TOOL = "end_call";
    protected static final String ARGUMENTS = "{\"reason\":\"the caller said goodbye\"}";

    private static final Duration BEYOND_ALL_DEADLINES = Duration.ofMinutes(5);

    /** Time for the model's deadlines; stands still unless a test moves it. */
    protected final ManualTime time = ManualTime.startingAt(Instant.EPOCH);

    /** The model under test, over a healthy server unless told otherwise. */
    protected abstract LanguageModel model();

    /** The same with a wrong key that contains {@link #KEY}. */
    protected abstract LanguageModel modelWithWrongKey();

    /** The same with an address where nobody listens. */
    protected abstract LanguageModel modelWithoutServer();

    protected abstract void failNext(Fault fault);

    /** Answers that the server is still giving. */
    protected abstract int answersUnderWay();

    /** Requests that reached the server, failed ones among them. */
    protected abstract int requests();

    @Test
    void an_answer_arrives_in_pieces_and_ends_with_done() {
        RecordedCompletion heard = complete(model(), question());

        assertThat(heard.isDone()).isTrue();
        assertThat(heard.text()).isEqualTo(ANSWER);
        assertThat(heard.deltas()).isGreaterThan(1);
        assertThat(heard.violations()).isEmpty();
    }

    @Test
    void a_tool_call_arrives_whole() {
        RecordedCompletion heard = complete(model(), questionWithTool());

        assertThat(heard.isDone()).isTrue();
        assertThat(heard.toolCalls()).singleElement().satisfies(call -> {
            assertThat(call.name()).isEqualTo(TOOL);
            assertThat(call.argumentsJson()).isEqualTo(ARGUMENTS);
            assertThat(call.id()).isNotEmpty();
        });
    }

    @Test
    void warming_up_does_not_fail_and_asks_nothing() {
        model().warmUp();
        modelWithoutServer().warmUp();

        assertThat(requests()).isZero();
    }

    @Test
    void a_wrong_key_is_an_authentication_failure_that_does_not_show_the_key() {
        RecordedCompletion heard = complete(modelWithWrongKey(), question());

        assertFailed(heard, Kind.AUTHENTICATION);
        assertThat(failure(heard).retryable()).isFalse();
    }

    @Test
    void too_many_requests_say_when_to_come_back_and_are_not_tried_again() {
        failNext(new Fault.Refuse(429, Optional.of(Duration.ofSeconds(7))));

        RecordedCompletion heard = complete(model(), question());

        assertFailed(heard, Kind.RATE_LIMIT);
        assertThat(failure(heard).retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void a_broken_server_is_a_server_failure_and_is_not_tried_again() {
        failNext(Fault.refuse(500));

        assertFailed(complete(model(), question()), Kind.SERVER);
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void a_refused_request_is_not_worth_repeating() {
        failNext(Fault.refuse(400));

        RecordedCompletion heard = complete(model(), question());

        assertFailed(heard, Kind.REJECTED);
        assertThat(failure(heard).retryable()).isFalse();
    }

    @Test
    void no_server_is_a_connection_failure() {
        assertFailed(complete(modelWithoutServer(), question()), Kind.CONNECTION);
    }

    @Test
    void a_stalled_answer_fails_at_its_deadline_and_frees_the_connection() {
        failNext(new Fault.StallAfter(3));
        RecordedCompletion heard = new RecordedCompletion();
        Cancellable unused = model().stream(question(), heard);
        Waiting.until("three tokens", () -> heard.deltas() == 3);

        time.advance(BEYOND_ALL_DEADLINES);

        Waiting.until("the end", heard::isOver);
        assertFailed(heard, Kind.STALL);
        Waiting.until("the server sees the client go", () -> answersUnderWay() == 0);
    }

    @Test
    void an_answer_that_never_begins_fails_at_its_deadline() {
        failNext(new Fault.StallAfter(0));
        RecordedCompletion heard = new RecordedCompletion();
        Cancellable unused = model().stream(question(), heard);
        Waiting.until("the request", () -> answersUnderWay() == 1);

        time.advance(BEYOND_ALL_DEADLINES);

        Waiting.until("the end", heard::isOver);
        assertFailed(heard, Kind.STALL);
        Waiting.until("the server sees the client go", () -> answersUnderWay() == 0);
    }

    @Test
    void an_answer_cut_in_the_middle_is_a_connection_failure() {
        failNext(new Fault.CutAfter(3));

        RecordedCompletion heard = complete(model(), question());

        assertFailed(heard, Kind.CONNECTION);
        assertThat(ANSWER).startsWith(heard.text());
    }

    @Test
    void garbage_is_a_protocol_failure() {
        failNext(new Fault.GarbageAfter(2));

        assertFailed(complete(model(), question()), Kind.PROTOCOL);
    }

    @Test
    void after_a_cancel_nothing_arrives_and_the_connection_is_free() {
        failNext(new Fault.StallAfter(2));
        RecordedCompletion heard = new RecordedCompletion();
        Cancellable completion = model().stream(question(), heard);
        Waiting.until("two tokens", () -> heard.deltas() == 2);

        completion.cancel();
        completion.cancel();

        Waiting.until("the server sees the client go", () -> answersUnderWay() == 0);
        time.advance(BEYOND_ALL_DEADLINES);
        assertThat(heard.isOver()).isFalse();
        assertThat(heard.deltas()).isEqualTo(2);
        assertThat(time.pendingCount()).isZero();
    }

    @Test
    void a_cancel_before_the_answer_begins_frees_the_connection() {
        failNext(new Fault.Late(BEYOND_ALL_DEADLINES));
        RecordedCompletion heard = new RecordedCompletion();
        Cancellable completion = model().stream(question(), heard);
        Waiting.until("the request", () -> answersUnderWay() == 1);

        completion.cancel();

        Waiting.until("the server sees the client go", () -> answersUnderWay() == 0);
        assertThat(heard.isOver()).isFalse();
    }

    @Test
    void after_a_failure_the_next_answer_arrives() {
        failNext(new Fault.CutAfter(1));
        LanguageModel model = model();
        assertFailed(complete(model, question()), Kind.CONNECTION);

        assertThat(complete(model, question()).text()).isEqualTo(ANSWER);
    }

    /** A question that {@link #ANSWER} is the answer to. */
    protected static ChatRequest question() {
        return new ChatRequest(
                List.of(new ChatMessage.Instructions("You count."), new ChatMessage.User("Count, please.")),
                List.of(),
                Optional.empty());
    }

    private static ChatRequest questionWithTool() {
        return new ChatRequest(
                List.of(new ChatMessage.User("Goodbye.")),
                List.of(new ToolSpec(
                        TOOL,
                        "Ends the call",
                        "{\"type\":\"object\",\"properties\":{\"reason\":{\"type\":\"string\"}}}")),
                Optional.empty());
    }

    /** Runs a completion to its end. */
    protected static RecordedCompletion complete(LanguageModel model, ChatRequest request) {
        RecordedCompletion heard = new RecordedCompletion();
        Cancellable unused = model.stream(request, heard);
        Waiting.until("the end", heard::isOver);
        return heard;
    }

    private static ProviderException failure(RecordedCompletion heard) {
        return heard.failure().orElseThrow();
    }

    private static void assertFailed(RecordedCompletion heard, Kind kind) {
        assertThat(heard.failure()).isPresent();
        assertThat(failure(heard).kind()).isEqualTo(kind);
        Secrets.assertHidden(failure(heard), KEY);
        assertThat(heard.violations()).isEmpty();
    }
}
