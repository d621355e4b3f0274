package dev.revox.testkit.contract.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.assistant.Assistant;
import dev.revox.assistant.FaqItem;
import dev.revox.assistant.LlmModel;
import dev.revox.order.CallOrder;
import dev.revox.order.PlacedOrder;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.RecipientZones;
import dev.revox.resource.AssistantStore;
import dev.revox.resource.NumberStore;
import dev.revox.resource.OwnNumber;
import dev.revox.resource.Page;
import dev.revox.resource.ResourceConflictException;
import dev.revox.resource.ResourceStore;
import dev.revox.resource.StoredAssistant;
import dev.revox.resource.SuppressionEntry;
import dev.revox.resource.SuppressionStore;
import dev.revox.secret.Secret;
import dev.revox.store.EngineStore;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store promises of assistants, own numbers and suppressed numbers. */
public abstract class ResourceStoreContract {
    private static final Instant NOON = Instant.parse("2026-08-03T10:00:00.123456789Z");
    private static final Optional<String> NONE = Optional.empty();
    private static final Optional<String> ACME = Optional.of("acme");

    private EngineStore store;
    private ResourceStore resources;

    /** An empty store. */
    protected abstract EngineStore open();

    @BeforeEach
    void open_the_store() {
        store = open();
        resources = store.resources();
    }

    @AfterEach
    void close_the_store() {
        store.close();
    }

    private static StoredAssistant assistant(Optional<String> tenant, int i) {
        return new StoredAssistant(
                Assistant.prompt("Prompt " + i + " with {{name}}, \"quotes\" and \u20ac")
                        .name("Assistant " + i)
                        .model(new LlmModel.Custom(Secret.of("key-" + i), URI.create("https://example.com/v1"), "m"))
                        .faqItems(List.of(new FaqItem(
                                "q" + i,
                                "a" + i,
                                Optional.of("faq-" + i),
                                Optional.of(true),
                                Optional.of(FaqItem.Source.AI))))
                        .identity(String.format("id-%04d", i), NOON, NOON.plusSeconds(i))
                        .tenant(tenant)
                        .build(),
                0);
    }

    @Test
    void an_assistant_is_read_as_it_was_written() {
        AssistantStore assistants = resources.assistants();
        StoredAssistant written = assistant(ACME, 1);
        assistants.insert(written);
        StoredAssistant read = assistants.find(ACME, "id-0001").orElseThrow();
        assertThat(read).isEqualTo(written);
        assertThat(((LlmModel.Custom) read.assistant().model().orElseThrow())
                        .apiKey()
                        .reveal())
                .isEqualTo("key-1");
        assertThat(assistants.find(NONE, "id-0001")).isEmpty();
        assertThat(assistants.find(Optional.of(""), "id-0001")).isEmpty();
        assertThatThrownBy(() -> assistants.insert(written)).isInstanceOf(ResourceConflictException.class);
        assistants.insert(assistant(NONE, 1));
        assertThat(assistants.find(NONE, "id-0001")).contains(assistant(NONE, 1));
    }

    @Test
    void an_update_replaces_the_version_it_was_made_from_and_no_other() {
        AssistantStore assistants = resources.assistants();
        StoredAssistant first = assistant(NONE, 1);
        assistants.insert(first);
        StoredAssistant second = new StoredAssistant(
                first.assistant().toBuilder()
                        .name("Renamed")
                        .faqItems(List.of())
                        .build(),
                1);
        assistants.update(second);
        assertThat(assistants.find(NONE, first.id())).contains(second);
        assertThatThrownBy(() -> assistants.update(new StoredAssistant(first.assistant(), 1)))
                .isInstanceOf(ResourceConflictException.class);
        assertThat(assistants.find(NONE, first.id())).contains(second);
        assertThat(assistants.delete(ACME, first.id())).isFalse();
        assertThat(assistants.delete(NONE, first.id())).isTrue();
        assertThat(assistants.delete(NONE, first.id())).isFalse();
        assertThatThrownBy(() -> assistants.update(new StoredAssistant(first.assistant(), 2)))
                .isInstanceOf(ResourceConflictException.class);
    }

    @Test
    void pages_go_through_all_assistants_of_a_tenant_once_while_others_come_and_go() {
        AssistantStore assistants = resources.assistants();
        for (int i = 0; i < 25; i++) {
            assistants.insert(assistant(ACME, 2 * i));
            assistants.insert(assistant(NONE, 1000 + i));
        }
        Page<StoredAssistant> page = assistants.list(ACME, Optional.empty(), 10);
        assertThat(page.items()).hasSize(10);
        assertThat(assistants.delete(ACME, page.next().orElseThrow())).isTrue();
        assistants.insert(assistant(ACME, 31));
        List<StoredAssistant> all = new ArrayList<>(page.items());
        while (page.next().isPresent()) {
            page = assistants.list(ACME, page.next(), 10);
            all.addAll(page.items());
        }
        assertThat(all)
                .extracting(StoredAssistant::id)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(26);
        assertThat(assistants.list(ACME, Optional.empty(), 25).next())
                .as("a last page that is full")
                .isEmpty();
    }

    @Test
    void every_change_of_an_assistant_or_a_number_changes_the_revision() {
        List<Long> seen = new ArrayList<>(List.of(resources.revision()));
        StoredAssistant one = assistant(NONE, 1);
        resources.assistants().insert(one);
        seen.add(resources.revision());
        resources.assistants().update(new StoredAssistant(one.assistant(), 1));
        seen.add(resources.revision());
        resources.numbers().insert(number(NONE, 1));
        seen.add(resources.revision());
        resources.numbers().update(number(NONE, 1).changed(Optional.of("x"), Optional.empty(), NOON));
        seen.add(resources.revision());
        assertThat(resources.numbers().delete(NONE, number(NONE, 1).number())).isTrue();
        seen.add(resources.revision());
        assertThat(resources.assistants().delete(NONE, one.id())).isTrue();
        seen.add(resources.revision());
        assertThat(seen).doesNotHaveDuplicates();
    }

    private static OwnNumber number(Optional<String> tenant, int i) {
        return new OwnNumber(
                tenant,
                PhoneNumber.of(String.format("+331990%05d", i)),
                Optional.of("line " + i),
                Optional.of("assistant-" + i),
                NOON,
                NOON,
                0);
    }

    @Test
    void a_number_belongs_to_one_tenant() {
        NumberStore numbers = resources.numbers();
        numbers.insert(number(ACME, 1));
        assertThat(numbers.find(ACME, number(ACME, 1).number())).contains(number(ACME, 1));
        assertThat(numbers.find(NONE, number(ACME, 1).number())).isEmpty();
        assertThatThrownBy(() -> numbers.insert(number(NONE, 1))).isInstanceOf(ResourceConflictException.class);
        OwnNumber changed = number(ACME, 1).changed(Optional.empty(), Optional.empty(), NOON.plusSeconds(1));
        numbers.update(changed);
        assertThatThrownBy(() -> numbers.update(changed)).isInstanceOf(ResourceConflictException.class);
        assertThat(numbers.find(ACME, changed.number())).contains(changed);
        assertThat(numbers.delete(NONE, changed.number())).isFalse();
        assertThat(numbers.delete(ACME, changed.number())).isTrue();
        numbers.insert(number(NONE, 1));
        assertThat(numbers.find(NONE, changed.number())).contains(number(NONE, 1));
    }

    @Test
    void numbers_are_listed_by_tenant_and_for_all_of_them() {
        NumberStore numbers = resources.numbers();
        IntStream.range(0, 30).forEach(i -> numbers.insert(number(i % 3 == 0 ? ACME : NONE, i)));
        Page<OwnNumber> ours = numbers.list(ACME, Optional.empty(), 6);
        assertThat(ours.items())
                .extracting(OwnNumber::tenant)
                .containsOnly(ACME)
                .hasSize(6);
        assertThat(numbers.list(ACME, ours.next(), 6).items()).hasSize(4);
        Page<OwnNumber> all = numbers.all(Optional.empty(), 20);
        assertThat(all.items()).hasSize(20);
        assertThat(numbers.all(all.next(), 20)).satisfies(rest -> {
            assertThat(rest.items()).hasSize(10).doesNotContainAnyElementsOf(all.items());
            assertThat(rest.next()).isEmpty();
        });
    }

    private static SuppressionEntry suppressed(Optional<String> tenant, int i, String reason) {
        return new SuppressionEntry(
                tenant, PhoneNumber.of(String.format("+336000%05d", i)), reason, NOON, Optional.of("order-" + i));
    }

    @Test
    void a_number_on_the_list_keeps_its_entry() {
        SuppressionStore list = resources.suppressions();
        SuppressionEntry first = suppressed(ACME, 1, "asked");
        assertThat(list.add(List.of(first, suppressed(NONE, 1, "other tenant"), suppressed(ACME, 1, "twice"))))
                .isEqualTo(2);
        assertThat(list.add(List.of(suppressed(ACME, 1, "again"), suppressed(ACME, 2, "new"))))
                .isEqualTo(1);
        assertThat(list.add(List.of())).isZero();
        assertThat(list.find(ACME, first.number())).contains(first);
        assertThat(list.find(NONE, first.number()).orElseThrow().reason()).isEqualTo("other tenant");
        assertThat(list.find(NONE, suppressed(NONE, 2, "").number())).isEmpty();
        assertThat(list.remove(ACME, first.number())).isTrue();
        assertThat(list.remove(ACME, first.number())).isFalse();
        assertThat(list.find(ACME, first.number())).isEmpty();
        assertThat(list.find(NONE, first.number())).isPresent();
    }

    @Test
    void a_large_list_is_added_in_batches_and_read_in_pages() {
        SuppressionStore list = resources.suppressions();
        List<SuppressionEntry> batch = IntStream.range(0, 1000)
                .mapToObj(i -> suppressed(ACME, i, "national list"))
                .toList();
        assertThat(list.add(batch.subList(0, 400))).isEqualTo(400);
        assertThat(list.add(batch)).isEqualTo(600);
        List<SuppressionEntry> all = new ArrayList<>();
        Optional<String> place = Optional.empty();
        do {
            Page<SuppressionEntry> page = list.list(ACME, place, 300);
            all.addAll(page.items());
            place = page.next();
        } while (place.isPresent());
        assertThat(all).isEqualTo(batch);
    }

    @Test
    void an_entry_of_a_transition_is_stored_with_it_or_not_at_all() {
        Instant now = NOON;
        StoredOrder row = StoredOrder.of(
                PlacedOrder.accepted(
                        CallOrder.to("+33612345678")
                                .assistant(assistant(NONE, 1).assistant())
                                .build(),
                        UUID.randomUUID().toString(),
                        assistant(NONE, 1).assistant(),
                        RecipientZones.of(PhoneNumber.of("+33612345678")),
                        now),
                Optional.of(now));
        store.commit(Transition.insert(row).with(suppressed(NONE, 1, "with the order")));
        assertThat(resources.suppressions().find(NONE, suppressed(NONE, 1, "").number()))
                .contains(suppressed(NONE, 1, "with the order"));
        assertThatThrownBy(() -> store.commit(Transition.insert(row).with(suppressed(NONE, 2, "late"))))
                .isInstanceOf(StoreConflictException.class);
        assertThat(resources.suppressions().find(NONE, suppressed(NONE, 2, "").number()))
                .isEmpty();
        StoredOrder next = row.with(row.order().touched(now));
        store.commit(Transition.change(row, next).with(suppressed(NONE, 1, "again")));
        assertThat(resources.suppressions().find(NONE, suppressed(NONE, 1, "").number()))
                .contains(suppressed(NONE, 1, "with the order"));
    }
}
