package dev.revox.testkit.contract.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.revox.assistant.Assistant;
import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.campaign.Campaign;
import dev.revox.campaign.CampaignKey;
import dev.revox.campaign.CampaignProgress;
import dev.revox.campaign.CampaignSpec;
import dev.revox.campaign.CampaignStatus;
import dev.revox.campaign.CampaignStore;
import dev.revox.campaign.Contact;
import dev.revox.campaign.ContactData;
import dev.revox.campaign.ContactState;
import dev.revox.lifecycle.Change;
import dev.revox.lifecycle.OrderLife;
import dev.revox.lifecycle.OrderStep;
import dev.revox.lifecycle.Sequel;
import dev.revox.order.CallOrder;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.RecipientZones;
import dev.revox.resource.Page;
import dev.revox.resource.ResourceConflictException;
import dev.revox.schedule.RetryPolicy;
import dev.revox.store.Beginning;
import dev.revox.store.EngineStore;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoreConflictException.Reason;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import dev.revox.store.node.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store promises of campaigns: above all one order per contact, and counts that are always right. */
public abstract class CampaignStoreContract {
    private static final Instant NOON = Instant.parse("2026-08-03T10:00:00.123456789Z");
    private static final Optional<String> ACME = Optional.of("acme");
    private static final Assistant ASSISTANT = Assistant.prompt("Tell {{name}}.")
            .identity("5f0c6a52-0c5e-4f0e-9b57-0d3f2b7f6a02", NOON, NOON)
            .build();

    private EngineStore store;
    private CampaignStore campaigns;
    private NodeId node;

    /** An empty store. */
    protected abstract EngineStore open();

    @BeforeEach
    void open_the_store() {
        store = open();
        campaigns = store.campaigns();
        node = store.nodes().join("here");
    }

    @AfterEach
    void close_the_store() {
        store.close();
    }

    private Campaign running(String id, CampaignSpec spec, int contacts) {
        Campaign draft = Campaign.draft(new CampaignKey(ACME, id), spec, NOON);
        campaigns.insert(draft);
        Campaign launched = draft.launched(ASSISTANT, NOON.plusSeconds(1));
        campaigns.update(launched);
        assertThat(campaigns.add(draft.key(), contacts(id, 0, contacts))).hasSize(contacts);
        return launched;
    }

    private static CampaignSpec spec() {
        return CampaignSpec.named("recall").assistant(ASSISTANT).build();
    }

    private static String contactId(String campaign, int i) {
        return String.format("%s-contact-%04d", campaign, i);
    }

    private static List<Contact> contacts(String campaign, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Contact.pending(
                        contactId(campaign, i),
                        String.format("+336%08d", 10_000_000 + i),
                        ContactData.of("unused", Map.of("name", "P" + i, "\u20ac", "\"x\""))
                                .withMetadata(Map.of("row", "" + i))
                                .withReference("ref-" + i)))
                .toList();
    }

    private static StoredOrder order(Campaign campaign, int i) {
        String number = String.format("+336%08d", 10_000_000 + i);
        PlacedOrder order = PlacedOrder.accepted(
                CallOrder.to(number).organization("acme").assistant(ASSISTANT).build(),
                contactId(campaign.id(), i),
                ASSISTANT,
                RecipientZones.of(PhoneNumber.of(number)),
                NOON);
        return StoredOrder.of(order.withCampaign(campaign.ref()), Optional.of(NOON));
    }

    private StoredOrder placed(Campaign campaign, int i) {
        store.commit(OrderLife.placed(order(campaign, i).order(), NOON));
        return row(campaign, i);
    }

    private StoredOrder row(Campaign campaign, int i) {
        return store.order(new OrderKey(ACME, contactId(campaign.id(), i))).orElseThrow();
    }

    private void take(StoredOrder row, OrderStep step) {
        Change.To to = (Change.To) OrderLife.after(row, step, NOON.plusSeconds(5));
        store.commit(to.transition());
    }

    private StoredAttempt attempt(StoredOrder row, String id) {
        return StoredAttempt.of(CallAttempt.queued(id, row.order().to(), NOON), node, Optional.empty());
    }

    private static StoredAttempt ended(StoredAttempt live, AnsweredBy result) {
        CallAttempt attempt = live.attempt();
        return live.withAttempt(new CallAttempt(
                attempt.id(),
                attempt.phoneNumber(),
                AttemptStatus.COMPLETED,
                attempt.startedAt(),
                Optional.of(NOON),
                Optional.of(NOON.plusSeconds(3)),
                Optional.of(result),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private StoredAttempt begun(Campaign campaign, int i, String id) {
        StoredOrder row = row(campaign, i);
        StoredAttempt attempt = attempt(row, id);
        take(row, new OrderStep.Begin(attempt, Beginning.of(node, NOON.plusSeconds(i))));
        return attempt;
    }

    private void end(Campaign campaign, int i, StoredAttempt live, AnsweredBy result, Sequel sequel) {
        StoredOrder row = row(campaign, i);
        take(row, new OrderStep.End(ended(live, result), sequel, row.order().version()));
    }

    private ContactState state(Campaign campaign, int i) {
        return campaigns
                .contact(campaign.key(), contactId(campaign.id(), i))
                .orElseThrow()
                .state();
    }

    /** The counts, and that they are what a walk through the contacts gives. */
    private CampaignProgress progress(Campaign campaign) {
        CampaignProgress progress = campaigns.progress(campaign.key());
        for (ContactState state : ContactState.values()) {
            assertThat(campaigns
                            .contacts(campaign.key(), Optional.of(state), Optional.empty(), Page.LARGEST)
                            .items())
                    .as("contacts that are %s", state)
                    .hasSize((int) progress.count(state));
        }
        return progress;
    }

    private static Reason conflict(Runnable step) {
        StoreConflictException conflict =
                Objects.requireNonNull(catchThrowableOfType(StoreConflictException.class, step::run));
        return conflict.reason();
    }

    @Test
    void a_campaign_is_read_as_it_was_written() {
        CampaignSpec spec = CampaignSpec.named("Rappel \u20ac")
                .assistant(ASSISTANT)
                .assistantId("5f0c6a52-0c5e-4f0e-9b57-0d3f2b7f6a03")
                .retryPolicy(RetryPolicy.builder().maxAttempts(7).build())
                .maxConcurrentCalls(12)
                .callsPerMinute(7)
                .from("+33 1 99 00 11 22")
                .build();
        Campaign draft = Campaign.draft(new CampaignKey(ACME, "c"), spec, NOON);
        campaigns.insert(draft);
        assertThat(campaigns.find(draft.key())).contains(draft);
        assertThat(campaigns.find(new CampaignKey(Optional.empty(), "c"))).isEmpty();
        assertThatThrownBy(() -> campaigns.insert(draft)).isInstanceOf(ResourceConflictException.class);
        Campaign launched = draft.launched(ASSISTANT, NOON.plusSeconds(1));
        assertThat(campaigns.active(10)).isEmpty();
        campaigns.update(launched);
        assertThat(campaigns.find(draft.key())).contains(launched);
        assertThat(campaigns.active(10)).containsExactly(draft.key());
        assertThatThrownBy(() -> campaigns.update(launched)).isInstanceOf(ResourceConflictException.class);
        campaigns.update(launched.withStatus(CampaignStatus.PAUSED, NOON));
        assertThat(campaigns.active(10)).isEmpty();
    }

    @Test
    void campaigns_are_listed_by_tenant() {
        for (int i = 0; i < 12; i++) {
            campaigns.insert(Campaign.draft(new CampaignKey(ACME, "c" + (10 + i)), spec(), NOON));
            campaigns.insert(Campaign.draft(new CampaignKey(Optional.empty(), "d" + i), spec(), NOON));
        }
        Page<Campaign> page = campaigns.list(ACME, Optional.empty(), 8);
        assertThat(page.items()).hasSize(8);
        assertThat(campaigns.list(ACME, page.next(), 8).items())
                .extracting(Campaign::id)
                .containsExactly("c18", "c19", "c20", "c21");
    }

    @Test
    void contacts_are_added_once_by_id_and_by_reference() {
        Campaign campaign = running("c", spec(), 500);
        assertThat(campaigns.add(campaign.key(), contacts("c", 400, 600))).hasSize(100);
        List<Contact> sameReferences = contacts("other", 590, 610);
        assertThat(campaigns.add(campaign.key(), sameReferences)).hasSize(10);
        assertThat(progress(campaign).pending()).isEqualTo(610);
        assertThat(campaigns.contact(campaign.key(), contactId("c", 7)))
                .contains(contacts("c", 7, 8).getFirst());
        ContactData unnamed = ContactData.of("x");
        assertThat(campaigns.add(
                        campaign.key(),
                        List.of(Contact.rejected("r1", unnamed, "why"), Contact.rejected("r2", unnamed, "why"))))
                .hasSize(2);
        assertThat(progress(campaign).rejected()).isEqualTo(2);

        List<String> ids = new ArrayList<>();
        Optional<String> place = Optional.empty();
        do {
            Page<Contact> page = campaigns.contacts(campaign.key(), Optional.of(ContactState.PENDING), place, 97);
            page.items().forEach(contact -> ids.add(contact.id()));
            place = page.next();
        } while (place.isPresent());
        assertThat(ids).isSorted().doesNotHaveDuplicates().hasSize(610);
        CampaignKey unknown = new CampaignKey(Optional.empty(), "c");
        assertThatThrownBy(() -> campaigns.add(unknown, contacts("c", 0, 1)))
                .isInstanceOf(ResourceConflictException.class);
        assertThat(campaigns
                        .contacts(unknown, Optional.empty(), Optional.empty(), 10)
                        .items())
                .isEmpty();
        assertThat(campaigns.progress(unknown).total()).isZero();
    }

    @Test
    void a_contact_has_one_order() {
        Campaign campaign = running("c", spec(), 3);
        StoredOrder row = placed(campaign, 0);
        assertThat(row.order().campaign()).contains(campaign.ref());
        assertThat(progress(campaign).placed()).isEqualTo(1);
        assertThat(catchThrowableOfType(
                        StoreConflictException.class,
                        () -> store.commit(OrderLife.placed(order(campaign, 0).order(), NOON))))
                .isNotNull();
        assertThat(campaigns.reject(campaign.key(), contactId("c", 0), "late")).isFalse();
        assertThat(campaigns.reject(campaign.key(), contactId("c", 1), "why")).isTrue();
        assertThat(conflict(() -> placed(campaign, 1))).isEqualTo(Reason.CONTACT);
        assertThat(store.order(new OrderKey(ACME, contactId("c", 1)))).isEmpty();
        campaigns.update(campaign.withStatus(CampaignStatus.PAUSED, NOON));
        assertThat(conflict(() -> placed(campaign, 2))).isEqualTo(Reason.CONTACT);
        assertThat(store.order(new OrderKey(ACME, contactId("c", 2)))).isEmpty();
        CampaignProgress end = progress(campaign);
        assertThat(end.pending()).isEqualTo(1);
        assertThat(end.placed()).isEqualTo(1);
        assertThat(end.rejected()).isEqualTo(1);
        assertThat(campaigns
                        .contact(campaign.key(), contactId("c", 1))
                        .orElseThrow()
                        .rejection())
                .contains("why");
    }

    @Test
    void a_contact_follows_its_order() {
        Campaign campaign = running("c", spec(), 4);
        IntStream.range(0, 4).forEach(i -> placed(campaign, i));
        StoredAttempt first = begun(campaign, 0, "a1");
        assertThat(state(campaign, 0)).isEqualTo(ContactState.IN_CALL);
        end(campaign, 0, first, AnsweredBy.VOICEMAIL, new Sequel.Again(NOON.plusSeconds(60), "again"));
        assertThat(state(campaign, 0)).isEqualTo(ContactState.RETRYING);
        take(row(campaign, 0), new OrderStep.Queue(NOON.plusSeconds(99)));
        assertThat(state(campaign, 0)).isEqualTo(ContactState.RETRYING);
        StoredAttempt second = begun(campaign, 0, "a2");
        end(campaign, 0, second, AnsweredBy.HUMAN, new Sequel.Settled(OrderStatus.COMPLETED, "reached"));
        assertThat(state(campaign, 0)).isEqualTo(ContactState.REACHED);
        take(
                row(campaign, 0),
                new OrderStep.Analyse(ended(first, AnsweredBy.VOICEMAIL), Optional.empty(), Optional.empty()));
        assertThat(state(campaign, 0)).as("an analysis comes late").isEqualTo(ContactState.REACHED);

        take(row(campaign, 1), new OrderStep.Queue(NOON.plusSeconds(99)));
        assertThat(state(campaign, 1)).isEqualTo(ContactState.PLACED);
        take(row(campaign, 1), new OrderStep.Hold());
        assertThat(state(campaign, 1)).isEqualTo(ContactState.HELD);
        assertThat(store.overdue(NOON.plusSeconds(9999), 10))
                .doesNotContain(row(campaign, 1).key());
        take(row(campaign, 1), new OrderStep.Release());
        assertThat(state(campaign, 1)).isEqualTo(ContactState.PLACED);
        assertThat(store.overdue(NOON.plusSeconds(9999), 10))
                .contains(row(campaign, 1).key());
        end(
                campaign,
                1,
                begun(campaign, 1, "b"),
                AnsweredBy.VOICEMAIL,
                new Sequel.Settled(OrderStatus.COMPLETED, "used up"));
        assertThat(state(campaign, 1)).isEqualTo(ContactState.NOT_REACHED);
        take(row(campaign, 2), new OrderStep.Settle(OrderStatus.ERRORED, "no such number"));
        take(row(campaign, 3), new OrderStep.Cancel());
        CampaignProgress end = progress(campaign);
        assertThat(List.of(end.reached(), end.notReached(), end.failed(), end.cancelled(), end.total()))
                .containsExactly(1L, 1L, 1L, 1L, 4L);
    }

    @Test
    void no_attempt_begins_while_the_campaign_does_not_run() {
        Campaign campaign = running("c", spec(), 2);
        placed(campaign, 0);
        Campaign paused = campaign.withStatus(CampaignStatus.PAUSED, NOON);
        campaigns.update(paused);
        assertThat(conflict(() -> begun(campaign, 0, "a"))).isEqualTo(Reason.CAMPAIGN);
        assertThat(store.attempts(row(campaign, 0).key())).isEmpty();
        Campaign again = paused.withStatus(CampaignStatus.RUNNING, NOON);
        campaigns.update(again);
        assertThat(begun(campaign, 0, "a")).isNotNull();
        campaigns.update(again.withStatus(CampaignStatus.CANCELLED, NOON));
        assertThat(state(campaign, 0)).isEqualTo(ContactState.IN_CALL);
        assertThat(progress(campaign).inCall()).isEqualTo(1);
    }

    @Test
    void attempts_keep_the_pace() {
        Campaign campaign =
                running("c", CampaignSpec.named("slow").callsPerMinute(10).build(), 9);
        IntStream.range(0, 9).forEach(i -> placed(campaign, i));
        assertThat(begun(campaign, 0, "a0")).isNotNull();
        StoreConflictException tooSoon = Objects.requireNonNull(
                catchThrowableOfType(StoreConflictException.class, () -> begun(campaign, 5, "a5")));
        assertThat(tooSoon.reason()).isEqualTo(Reason.PACE);
        assertThat(tooSoon.notBefore()).contains(NOON.plus(Duration.ofSeconds(6)));
        assertThat(begun(campaign, 6, "a6")).isNotNull();
        assertThat(conflict(() -> begun(campaign, 8, "a8"))).isEqualTo(Reason.PACE);
    }

    @Test
    void a_campaign_is_finished_once_and_only_with_nothing_left() {
        Campaign campaign = running("c", spec(), 2);
        placed(campaign, 0);
        Instant end = NOON.plusSeconds(50);
        assertThat(campaigns.finish(campaign.key(), end)).isFalse();
        take(row(campaign, 0), new OrderStep.Settle(OrderStatus.COMPLETED, "no time left"));
        assertThat(campaigns.finish(campaign.key(), end)).isFalse();
        assertThat(campaigns.reject(campaign.key(), contactId("c", 1), "why")).isTrue();
        assertThat(campaigns.finish(campaign.key(), end)).isTrue();
        assertThat(campaigns.finish(campaign.key(), end)).isFalse();
        Campaign completed = campaigns.find(campaign.key()).orElseThrow();
        assertThat(completed.status()).isEqualTo(CampaignStatus.COMPLETED);
        assertThat(completed.endedAt()).contains(end);
        assertThat(completed.version()).isEqualTo(campaign.version() + 1);
        assertThatThrownBy(() -> campaigns.add(campaign.key(), contacts("c", 5, 6)))
                .isInstanceOf(ResourceConflictException.class);
        assertThat(campaigns.active(5)).isEmpty();
    }

    @Test
    void pending_contacts_of_a_cancelled_campaign_are_cancelled_in_batches() {
        Campaign campaign = running("c", spec(), 120);
        placed(campaign, 0);
        assertThat(campaigns.cancelPending(campaign.key(), 50)).as("it runs").isZero();
        campaigns.update(campaign.withStatus(CampaignStatus.CANCELLED, NOON));
        assertThat(campaigns.active(5)).containsExactly(campaign.key());
        assertThat(campaigns.cancelPending(campaign.key(), 50)).isEqualTo(50);
        assertThat(progress(campaign).cancelled()).isEqualTo(50);
        assertThat(campaigns.cancelPending(campaign.key(), 500)).isEqualTo(69);
        assertThat(campaigns.finish(campaign.key(), NOON)).isFalse();
        take(row(campaign, 0), new OrderStep.Cancel());
        assertThat(campaigns.finish(campaign.key(), NOON)).isTrue();
        assertThat(campaigns.find(campaign.key()).orElseThrow().status()).isEqualTo(CampaignStatus.CANCELLED);
        assertThat(campaigns.active(5)).isEmpty();
        assertThat(progress(campaign).cancelled()).isEqualTo(120);
    }

    @Test
    void many_threads_place_each_contact_once_while_the_campaign_is_paused() throws Exception {
        Campaign campaign = running("c", spec(), 60);
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 60; i++) {
                int contact = i;
                tasks.add(() -> placedByMe(campaign, contact));
            }
        }
        tasks.add(100, () -> {
            campaigns.update(campaign.withStatus(CampaignStatus.PAUSED, NOON));
            return false;
        });
        int placed = 0;
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            for (Future<Boolean> done : threads.invokeAll(tasks)) {
                placed += done.get() ? 1 : 0;
            }
        } finally {
            threads.shutdownNow();
        }
        CampaignProgress end = progress(campaign);
        assertThat(end.placed()).isEqualTo(placed);
        assertThat(end.total()).isEqualTo(60);
    }

    private boolean placedByMe(Campaign campaign, int contact) {
        try {
            store.commit(OrderLife.placed(order(campaign, contact).order(), NOON));
            return true;
        } catch (StoreConflictException anothers) {
            return false;
        }
    }
}
