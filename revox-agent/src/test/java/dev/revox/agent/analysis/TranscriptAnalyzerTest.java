package dev.revox.agent.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.stream.Cancellable;
import dev.revox.agent.stream.ProviderException;
import dev.revox.assistant.Analysis;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.Messages;
import dev.revox.assistant.Notifications;
import dev.revox.assistant.Transfer;
import dev.revox.assistant.sound.Ambience;
import dev.revox.assistant.sound.Speaking;
import dev.revox.assistant.tool.DataField;
import dev.revox.assistant.tool.FieldType;
import dev.revox.attempt.CallOutcome;
import dev.revox.outcome.AnalysisRequest;
import dev.revox.outcome.CallAnalysis;
import dev.revox.transcript.TranscriptItem;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class TranscriptAnalyzerTest {

    /** Answers from a list; an empty text is a failure. */
    private static final class ListedModel implements LanguageModel {

        final ArrayDeque<String> answers;
        final List<ChatRequest> requests = new ArrayList<>();

        ListedModel(String... answers) {
            this.answers = new ArrayDeque<>(List.of(answers));
        }

        @Override
        public String name() {
            return "listed";
        }

        @Override
        public Cancellable stream(ChatRequest request, Sink sink) {
            requests.add(request);
            String answer = answers.remove();
            if (answer.isEmpty()) {
                sink.failed(new ProviderException("listed", ProviderException.Kind.SERVER, "status 500"));
            } else {
                sink.text(answer.substring(0, 1));
                sink.text(answer.substring(1));
                sink.done();
            }
            return () -> {};
        }
    }

    private static final List<DataField> FIELDS = List.of(
            new DataField("mood", FieldType.ENUM, true, Optional.of("how they sounded"), List.of("good", "bad")),
            new DataField("day", FieldType.DATE, false, Optional.empty(), List.of()),
            new DataField("people", FieldType.NUMBER, false, Optional.empty(), List.of()));

    private static final String GOOD = """
            {"outcome":"interested","outcome_summary":"Wants to come.",\
            "structured_output":{"mood":"good","day":"2026-03-04","people":null}}""";

    private static CallAnalysis analyze(LanguageModel... models) {
        return new TranscriptAnalyzer(model -> List.of(models))
                .analyze(request(List.of(
                        new TranscriptItem.Assistant("Hi!", false), new TranscriptItem.User("I would like to come."))))
                .toCompletableFuture()
                .join();
    }

    @Test
    void outcome_summary_and_typed_fields_are_drawn_from_the_answer() {
        ListedModel model = new ListedModel(GOOD);

        CallAnalysis analysis = analyze(model);

        assertThat(analysis.outcome()).contains(CallOutcome.INTERESTED);
        assertThat(analysis.summary()).contains("Wants to come.");
        assertThat(analysis.structuredOutput()).isEqualTo(Map.of("mood", "good", "day", "2026-03-04"));
        assertThat(model.requests.getFirst().responseSchema())
                .hasValueSatisfying(schema -> assertThat(schema.jsonSchema())
                        .contains(
                                "\"additionalProperties\":false",
                                "\"required\":[\"mood\",\"day\",\"people\"]",
                                "do_not_contact"));
    }

    @Test
    void an_invalid_answer_is_repaired_once() {
        ListedModel model = new ListedModel(GOOD.replace("\"good\"", "\"so-so\""), GOOD);

        assertThat(analyze(model).structuredOutput()).containsEntry("mood", "good");
        assertThat(model.requests.get(1).messages()).hasSize(4);
    }

    @Test
    void an_answer_that_stays_invalid_is_a_failure_that_quotes_nothing_of_it() {
        ListedModel model = new ListedModel("I think they liked it", GOOD.replace("2026-03-04", "secret day"));

        assertThatThrownBy(() -> analyze(model))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseInstanceOf(ProviderException.class)
                .hasMessageContaining("structured_output.day")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void a_model_that_fails_is_followed_by_the_next() {
        assertThat(analyze(new ListedModel(""), new ListedModel(GOOD)).outcome())
                .contains(CallOutcome.INTERESTED);
    }

    @Test
    void a_call_in_which_the_person_said_nothing_needs_no_model() {
        CallAnalysis analysis = new TranscriptAnalyzer(model -> List.of())
                .analyze(request(List.of(new TranscriptItem.Assistant("Hi!", false))))
                .toCompletableFuture()
                .join();

        assertThat(analysis).isEqualTo(CallAnalysis.NONE);
    }

    private static AnalysisRequest request(List<TranscriptItem> transcript) {
        Assistant assistant = new Assistant(
                "a",
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                "Invite people.",
                Speaking.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Ambience.NONE,
                List.of(),
                false,
                Messages.NONE,
                Transfer.NONE,
                new Analysis(FIELDS, Optional.of("Look at the mood.")),
                Notifications.NONE,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new AnalysisRequest("o", "t", assistant, Optional.empty(), transcript, Map.of());
    }
}
