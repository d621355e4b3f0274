package dev.revox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.assistant.Assistant;
import dev.revox.assistant.FaqItem;
import dev.revox.assistant.LlmModel;
import dev.revox.attempt.CallOutcome;
import dev.revox.fake.FakeLeg;
import dev.revox.fake.PowerCut;
import dev.revox.fake.ScriptedLine;
import dev.revox.line.IncomingCall;
import dev.revox.line.LegEvent;
import dev.revox.order.CallOrder;
import dev.revox.order.Direction;
import dev.revox.order.InvalidOrderException;
import dev.revox.order.OrderStatus;
import dev.revox.outcome.CallAnalysis;
import dev.revox.phone.PhoneNumber;
import dev.revox.resource.InvalidResourceException;
import dev.revox.resource.OwnNumber;
import dev.revox.resource.Page;
import dev.revox.resource.ResourceConflictException;
import dev.revox.resource.StoredAssistant;
import dev.revox.resource.SuppressionEntry;
import dev.revox.secret.Secret;
import dev.revox.store.search.OrderQuery;
import dev.revox.wire.CallReport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Stored assistants, own numbers, suppressed numbers and export, through the front door. */
class ResourcesTest extends VirtualEngine {
    private static final PhoneNumber OURS = PhoneNumber.of("+33199001122");

    private static Assistant named(String name, String prompt) {
        return Assistant.prompt(prompt).name(name).build();
    }

    private static IncomingCall callTo(PhoneNumber number) {
        return new IncomingCall(Optional.of(PhoneNumber.of("+33612345678")), Optional.of(number), "main");
    }

    @Test
    void an_order_names_a_stored_assistant_and_keeps_it_as_it_was() {
        CallEngine engine = engine();
        StoredAssistant stored = engine.assistants().create(named("reminder", "Remind {{name}}."));
        CallHandle call = engine.place(CallOrder.to(DANA)
                .assistantId(stored.id())
                .variable("name", "Dana")
                .scheduledAt(MONDAY_NOON.plus(Duration.ofHours(1)))
                .build());
        StoredAssistant changed = engine.assistants().update(stored, named("reminder", "Something else."));
        assertThat(changed.assistant().createdAt()).isEqualTo(stored.assistant().createdAt());
        assertThat(engine.assistants().delete(stored.id())).isTrue();
        assertThat(engine.assistants().delete(stored.id())).isFalse();

        time.advance(Duration.ofHours(2));

        assertThat(told(call).order().assistant()).isEqualTo(stored.assistant());
        assertThat(agent.opened().getFirst().assistant().prompt()).isEqualTo("Remind Dana.");
        assertThatThrownBy(() ->
                        engine.place(CallOrder.to(DANA).assistantId(stored.id()).build()))
                .isInstanceOf(InvalidOrderException.class)
                .hasMessageContaining("$.assistant_id");
    }

    @Test
    void an_update_replaces_all_faq_items_and_meets_a_version() {
        CallEngine engine = engine();
        StoredAssistant stored = engine.assistants()
                .create(named("desk", "Help.").toBuilder()
                        .faqItems(List.of(FaqItem.of("open?", "at nine"), FaqItem.of("closed?", "at five")))
                        .build());
        assertThat(stored.assistant().faqItems()).allMatch(item -> item.id().isPresent());
        StoredAssistant changed = engine.assistants()
                .update(
                        stored,
                        stored.assistant().toBuilder()
                                .faqItems(List.of(FaqItem.of("where?", "here")))
                                .build());
        assertThat(engine.assistants().get(stored.id()).orElseThrow()).isEqualTo(changed);
        assertThat(changed.assistant().faqItems()).extracting(FaqItem::question).containsExactly("where?");
        assertThatThrownBy(() -> engine.assistants().update(stored, stored.assistant()))
                .isInstanceOf(ResourceConflictException.class);

        StoredAssistant copy = engine.assistants().clone(stored.id(), "desk 2");
        assertThat(copy.id()).isNotEqualTo(stored.id());
        assertThat(copy.assistant().name()).contains("desk 2");
        assertThat(copy.assistant().faqItems().getFirst().id())
                .isNotEqualTo(changed.assistant().faqItems().getFirst().id());
        assertThat(engine.assistants().list(Optional.empty(), 1).items()).containsExactly(changed);
        assertThat(engine.assistants()
                        .list(engine.assistants().list(Optional.empty(), 1).next(), 1))
                .isEqualTo(new Page<>(List.of(copy), Optional.empty()));
        assertThat(copy.toString() + changed).doesNotContain("Help", "here", "desk");
    }

    @Test
    void what_is_wrong_with_an_assistant_is_said_when_it_is_stored() {
        CallEngine engine = engine();
        Assistant wrong = named("x", "Any {{variable}} will do.").toBuilder()
                .maxCallDuration(Duration.ZERO)
                .build();
        assertThatThrownBy(() -> engine.assistants().create(wrong))
                .isInstanceOf(InvalidResourceException.class)
                .hasMessageContaining("max_call_duration_secs")
                .hasMessageNotContaining("variable");
        assertThat(engine.assistants().list(Optional.empty(), 10).items()).isEmpty();
    }

    @Test
    void an_assistant_belongs_to_its_tenant() {
        CallEngine engine = engine();
        StoredAssistant theirs = engine.assistants("acme").create(named("a", "Hello."));
        assertThat(engine.assistants().get(theirs.id())).isEmpty();
        assertThat(engine.assistants("other").get(theirs.id())).isEmpty();
        assertThatThrownBy(() ->
                        engine.place(CallOrder.to(DANA).assistantId(theirs.id()).build()))
                .hasMessageContaining("$.assistant_id");
        CallHandle call = engine.place(
                CallOrder.to(DANA).assistantId(theirs.id()).organization("acme").build());
        time.advance(Duration.ofMinutes(1));
        assertThat(told(call).order().assistant().organizationId()).contains("acme");
    }

    @Test
    void a_call_to_an_own_number_is_answered_by_its_assistant() {
        CallEngine engine = engine();
        assertThat(line.ring(callTo(OURS))).as("no number takes calls").isEmpty();
        StoredAssistant reception = engine.assistants("acme").create(named("reception", "You are the reception."));
        OwnNumber number =
                engine.phoneNumbers("acme").create(OURS.e164(), Optional.of("front desk"), Optional.of(reception.id()));
        FakeLeg leg = line.ring(callTo(OURS)).orElseThrow();
        time.settle();
        assertThat(leg.answerAsked()).isTrue();
        assertThat(line.ring(callTo(PhoneNumber.of("+33199001133")))).isEmpty();
        var order = store.search(OrderQuery.of(Optional.of("acme")).build())
                .orders()
                .getFirst()
                .order();
        assertThat(order.direction()).isEqualTo(Direction.INBOUND);
        assertThat(order.assistant()).isEqualTo(reception.assistant());

        StoredAssistant changed = engine.assistants("acme").update(reception, named("reception", "New words."));
        assertThat(line.ring(callTo(OURS))).isPresent();
        time.settle();
        assertThat(agent.opened().getLast().assistant().prompt())
                .isEqualTo(changed.assistant().prompt());
        OwnNumber silent = engine.phoneNumbers("acme").update(number, number.name(), Optional.empty());
        assertThat(line.ring(callTo(OURS))).isEmpty();
        assertThatThrownBy(() -> engine.phoneNumbers("acme")
                        .update(silent, Optional.empty(), Optional.of("5f0c6a52-0c5e-4f0e-9b57-0d3f2b7f6a02")))
                .hasMessageContaining("inboundAssistantId");
    }

    @Test
    void a_number_that_another_engine_added_takes_calls_within_seconds_and_stays_known_without_a_store() {
        PowerCut cut = new PowerCut(store.another(), time);
        ScriptedLine theirs = new ScriptedLine(ScriptedLine.answers());
        CallEngine far = CallEngine.builder()
                .line(theirs)
                .agent(agent)
                .store(cut.store())
                .time(time)
                .executor(time)
                .build();
        CallEngine engine = engine();
        StoredAssistant reception = engine.assistants().create(named("reception", "Hello."));
        OwnNumber unused = engine.phoneNumbers().create(OURS.e164(), Optional.empty(), Optional.of(reception.id()));
        assertThat(theirs.ring(callTo(OURS))).isEmpty();
        time.advance(Duration.ofSeconds(6));
        assertThat(theirs.ring(callTo(OURS))).isPresent();
        time.settle();
        assertThat(far.phoneNumbers().list(Optional.empty(), 5).items()).hasSize(1);
        cut.after(0);
        assertThat(theirs.ring(callTo(OURS))).as("routed without the store").isPresent();
    }

    @Test
    void calls_show_own_numbers_once_there_are_any() {
        CallEngine engine = engine();
        CallOrder order = order().from(OURS.e164())
                .scheduledAt(SUNDAY_NIGHT.plus(Duration.ofDays(2)))
                .build();
        assertThat(engine.place(order).id()).isNotEmpty();
        OwnNumber own = engine.phoneNumbers().create("+33 1 99 00 11 33");
        assertThat(own.toString()).doesNotContain("990011");
        assertThatThrownBy(() -> engine.place(order)).hasMessageContaining("from_phone_number");
        assertThatThrownBy(() -> engine.phoneNumbers("acme").create("+33 1 99 00 11 33"))
                .isInstanceOf(ResourceConflictException.class);
        OwnNumber ours = engine.phoneNumbers().create(OURS.e164());
        assertThat(engine.place(order).id()).isNotEmpty();
        assertThat(engine.phoneNumbers().list(Optional.empty(), 10).items()).containsExactly(ours, own);
        assertThat(engine.phoneNumbers().delete(OURS)).isTrue();
        assertThat(engine.phoneNumbers().get(OURS)).isEmpty();
        assertThatThrownBy(() -> engine.phoneNumbers().create("ours"))
                .isInstanceOf(InvalidResourceException.class)
                .hasMessageContaining("number");
    }

    @Test
    void whoever_wants_no_more_calls_comes_onto_the_list() {
        agent.analyses(request -> CompletableFuture.completedFuture(
                new CallAnalysis(Optional.of(CallOutcome.DO_NOT_CONTACT), Optional.of("Never again."), Map.of())));
        CallEngine engine = engine();
        CallHandle call = engine.place(order().build());
        time.advance(Duration.ofMinutes(1));
        CallReport report = told(call);
        assertThat(report.order().status()).isEqualTo(OrderStatus.COMPLETED);
        SuppressionEntry entry = engine.suppressions().find(report.order().to()).orElseThrow();
        assertThat(entry.reason()).isEqualTo("do_not_contact");
        assertThat(entry.orderId()).contains(report.order().id());
        assertThat(engine.suppressions("acme").find(report.order().to())).isEmpty();
        assertThat(entry.toString()).doesNotContain(report.order().to().e164());
    }

    @Test
    void a_caller_who_wants_no_calls_comes_onto_the_list_too() {
        agent.analyses(request -> CompletableFuture.completedFuture(
                new CallAnalysis(Optional.of(CallOutcome.DO_NOT_CONTACT), Optional.empty(), Map.of())));
        CallEngine engine = engine(builder -> builder.inbound(call -> Optional.of(assistant())));
        FakeLeg leg = line.ring(callTo(OURS)).orElseThrow();
        time.settle();
        leg.emit(new LegEvent.Answered(leg.nanoTime(), "PCMU", 8000));
        time.advance(Duration.ofMinutes(1));
        assertThat(engine.suppressions().find(PhoneNumber.of("+33612345678"))).isPresent();
    }

    @Test
    void many_numbers_are_put_on_the_list_and_taken_off() {
        CallEngine engine = engine();
        assertThat(engine.suppressions().add("+33 6 00 00 00 07", "asked by letter"))
                .isTrue();
        assertThat(engine.suppressions().add("+33600000007", "again")).isFalse();
        Stream<PhoneNumber> numbers =
                IntStream.range(0, 2500).mapToObj(i -> PhoneNumber.of("+3360000" + String.format("%04d", i)));
        assertThat(engine.suppressions().addAll(numbers, "national list")).isEqualTo(2499);
        List<SuppressionEntry> all = new ArrayList<>();
        Optional<String> place = Optional.empty();
        do {
            Page<SuppressionEntry> page = engine.suppressions().list(place, 700);
            all.addAll(page.items());
            place = page.next();
        } while (place.isPresent());
        assertThat(all).hasSize(2500).extracting(SuppressionEntry::number).doesNotHaveDuplicates();
        assertThat(all.get(7).reason()).isEqualTo("asked by letter");
        assertThat(engine.suppressions().remove(all.get(7).number())).isTrue();
        assertThat(engine.suppressions().remove(all.get(7).number())).isFalse();
        assertThat(engine.suppressions().find(all.get(7).number())).isEmpty();
    }

    @Test
    void calls_are_exported_one_a_line_with_secrets_masked() throws IOException {
        CallEngine engine = engine();
        Assistant assistant = Assistant.prompt("Two\nlines.")
                .webhookUrl(URI.create("https://example.com/hook"))
                .model(new LlmModel.Custom(Secret.of("canary-key"), URI.create("https://example.com/v1"), "m"))
                .build();
        for (int i = 0; i < 7; i++) {
            CallHandle unused = engine.place(
                    CallOrder.to("+3361234560" + i).assistant(assistant).build());
            time.advance(Duration.ofMinutes(1));
        }
        StringBuilder out = new StringBuilder();
        long lines = engine.export(OrderQuery.of(Optional.empty()).limit(3).build(), out);
        assertThat(lines).isEqualTo(7);
        assertThat(out.toString()).doesNotContain("canary-key").endsWith("\n");
        assertThat(out.toString()
                        .lines()
                        .map(CallReport::parse)
                        .map(report -> report.order().to().e164()))
                .hasSize(7)
                .first()
                .isEqualTo("+33612345606");
        assertThat(engine.export(OrderQuery.of(Optional.of("acme")).build())).isEmpty();
    }
}
