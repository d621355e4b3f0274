package dev.revox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.assistant.Assistant;
import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.DialError;
import dev.revox.campaign.Campaign;
import dev.revox.campaign.CampaignProgress;
import dev.revox.campaign.CampaignSpec;
import dev.revox.campaign.CampaignStatus;
import dev.revox.campaign.Contact;
import dev.revox.campaign.ContactData;
import dev.revox.campaign.ContactState;
import dev.revox.campaign.feed.AddedContacts;
import dev.revox.campaign.feed.Campaigns;
import dev.revox.fake.PowerCut;
import dev.revox.fake.ScriptedLine;
import dev.revox.line.DialRequest;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.resource.InvalidResourceException;
import dev.revox.resource.ResourceConflictException;
import dev.revox.store.EngineStore;
import dev.revox.store.StoredOrder;
import dev.revox.store.search.OrderQuery;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Campaigns on one engine and on several, in virtual time. */
class CampaignTest extends VirtualEngine {
    private static final Duration TALK = Duration.ofSeconds(12);

    private static String number(int i) {
        return String.format("+336%08d", 10_000_000 + i);
    }

    private static Stream<ContactData> people(int count) {
        return IntStream.range(0, count).mapToObj(i -> ContactData.of(number(i), Map.of("name", "P" + i)));
    }

    private static CampaignSpec.Builder spec() {
        return CampaignSpec.named("recall")
                .assistant(Assistant.prompt("Tell {{name}} of the recall.").build());
    }

    private static Campaign launched(CallEngine engine, CampaignSpec spec, int people) {
        Campaign campaign = engine.campaigns().create(spec);
        AddedContacts added = engine.campaigns().addContacts(campaign.id(), people(people));
        assertThat(added.accepted()).isEqualTo(people);
        assertThat(engine.campaigns().launch(campaign.id())).isTrue();
        return campaign;
    }

    private static CampaignStatus status(CallEngine engine, Campaign campaign) {
        return engine.campaigns().get(campaign.id()).orElseThrow().status();
    }

    private static CampaignProgress progress(CallEngine engine, Campaign campaign) {
        return engine.campaigns().progress(campaign.id());
    }

    private CallEngine another(EngineStore shared, ScriptedLine theirs, String name) {
        return another(shared, theirs, name, time, time);
    }

    private CallEngine another(
            EngineStore shared, ScriptedLine theirs, String name, TimeSource clock, Executor executor) {
        return CallEngine.builder()
                .line(theirs)
                .agent(agent)
                .store(shared)
                .time(clock)
                .executor(executor)
                .nodeName(name)
                .build();
    }

    private List<StoredOrder> orders(Campaign campaign) {
        List<StoredOrder> all = new ArrayList<>();
        OrderQuery query = OrderQuery.of(Optional.empty())
                .campaign(campaign.id())
                .limit(1000)
                .build();
        var page = store.search(query);
        all.addAll(page.orders());
        while (page.next().isPresent()) {
            page = store.search(query.from(page.next().get()));
            all.addAll(page.orders());
        }
        return all;
    }

    /** What the counters say must be what a walk through all contacts and their orders says. */
    private void assertConsistent(CallEngine engine, Campaign campaign) {
        Map<String, PlacedOrder> orders = new HashMap<>();
        for (StoredOrder row : orders(campaign)) {
            assertThat(orders.put(row.order().id(), row.order())).isNull();
        }
        Map<ContactState, Long> counted = new HashMap<>();
        Optional<String> place = Optional.empty();
        int placed = 0;
        do {
            var page = engine.campaigns().contacts(campaign.id(), Optional.empty(), place, 1000);
            for (Contact contact : page.items()) {
                counted.merge(contact.state(), 1L, Long::sum);
                Optional<PlacedOrder> order = Optional.ofNullable(orders.get(contact.id()));
                assertThat(order.isPresent()).isEqualTo(contact.placed());
                placed += contact.placed() ? 1 : 0;
                order.ifPresent(known -> {
                    assertThat(known.to().e164()).isEqualTo(contact.number());
                    assertThat(fits(known.status(), contact.state()))
                            .as("%s is %s, its order %s", contact.id(), contact.state(), known.status())
                            .isTrue();
                });
            }
            place = page.next();
        } while (place.isPresent());
        assertThat(placed).isEqualTo(orders.size());
        for (ContactState state : ContactState.values()) {
            assertThat(progress(engine, campaign).count(state))
                    .as("%s", state)
                    .isEqualTo(counted.getOrDefault(state, 0L));
        }
    }

    private static boolean fits(OrderStatus order, ContactState contact) {
        return switch (contact) {
            case PENDING, REJECTED -> false;
            case PLACED, RETRYING ->
                order == OrderStatus.INITIALIZING
                        || order == OrderStatus.SCHEDULED
                        || order == OrderStatus.QUEUED_FOR_CALLING;
            case HELD -> order == OrderStatus.SCHEDULED;
            case IN_CALL -> order == OrderStatus.CALLING;
            case REACHED, NOT_REACHED -> order == OrderStatus.COMPLETED;
            case FAILED -> order == OrderStatus.ERRORED;
            case CANCELLED -> order == OrderStatus.CANCELLED;
        };
    }

    @Test
    void everybody_is_called_once_and_the_campaign_completes() {
        CallEngine engine = engine();
        Campaign campaign = launched(engine, spec().maxConcurrentCalls(20).build(), 300);
        time.advance(Duration.ofSeconds(30));
        assertThat(progress(engine, campaign).inCall()).isEqualTo(20);
        assertThat(progress(engine, campaign).pending()).isGreaterThan(100);
        assertConsistent(engine, campaign);

        time.advance(Duration.ofMinutes(10));

        assertThat(progress(engine, campaign).reached()).isEqualTo(300);
        assertThat(status(engine, campaign)).isEqualTo(CampaignStatus.COMPLETED);
        assertThat(line.dialled())
                .extracting(DialRequest::to)
                .doesNotHaveDuplicates()
                .hasSize(300);
        assertThat(agent.opened())
                .allMatch(setup -> setup.assistant().prompt().matches("Tell P[0-9]+ of the recall\\."));
        assertConsistent(engine, campaign);
        assertThat(orders(campaign)).allSatisfy(row -> {
            assertThat(row.order().campaign().orElseThrow().name()).isEqualTo("recall");
            assertThat(row.order().assistant())
                    .as("one snapshot for all")
                    .isSameAs(orders(campaign).getFirst().order().assistant());
        });
    }

    @Test
    void several_thousand_contacts_on_two_engines_are_called_once_each() {
        ScriptedLine second = new ScriptedLine(ScriptedLine.answers());
        CallEngine engine = engine();
        CallEngine other = another(store.another(), second, "other");
        Campaign campaign = launched(engine, spec().maxConcurrentCalls(120).build(), 3000);
        int most = 0;
        for (int i = 0; i < 200; i++) {
            time.advance(Duration.ofSeconds(5));
            most = Math.max(most, (int) progress(engine, campaign).inCall());
            assertThat(progress(engine, campaign).placed()
                            + progress(engine, campaign).inCall())
                    .isLessThanOrEqualTo(480);
        }
        assertThat(most).isEqualTo(120);
        assertThat(progress(other, campaign).reached()).isEqualTo(3000);
        assertThat(status(other, campaign)).isEqualTo(CampaignStatus.COMPLETED);
        List<DialRequest> all = new ArrayList<>(line.dialled());
        all.addAll(second.dialled());
        assertThat(all).extracting(DialRequest::to).doesNotHaveDuplicates().hasSize(3000);
        assertThat(second.dialled()).as("both worked").isNotEmpty();
        assertThat(line.dialled()).isNotEmpty();
        assertConsistent(engine, campaign);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void an_engine_that_dies_anywhere_loses_nobody_and_doubles_nobody(long seed) {
        Random random = new Random(seed);
        ScriptedLine doomed = new ScriptedLine(ScriptedLine.answers());
        PowerCut cut = new PowerCut(store.another(), time);
        CallEngine survivor = engine();
        CallEngine dying = another(cut.store(), doomed, "doomed", cut, cut);
        Campaign campaign = launched(dying, spec().maxConcurrentCalls(30).build(), 400);
        cut.after(random.nextInt(6000));

        time.advance(Duration.ofMinutes(20));
        assertThat(cut.dead()).as("seed %d", seed).isTrue();
        time.advance(Duration.ofDays(3));

        assertThat(status(survivor, campaign)).as("seed %d", seed).isEqualTo(CampaignStatus.COMPLETED);
        assertThat(progress(survivor, campaign).reached()).isEqualTo(400);
        assertThat(orders(campaign)).hasSize(400);
        assertConsistent(survivor, campaign);
        assertThat(line.dialled())
                .as("whoever stays calls each at most once")
                .extracting(DialRequest::to)
                .doesNotHaveDuplicates();
        assertThat(doomed.dialled()).extracting(DialRequest::to).doesNotHaveDuplicates();
    }

    @Test
    void numbers_that_cannot_be_read_are_rejected_and_the_rest_goes_on() {
        CallEngine engine = engine();
        Campaign campaign = engine.campaigns().create(spec().build());
        AddedContacts added = engine.campaigns()
                .addContacts(
                        campaign.id(),
                        Stream.of(
                                ContactData.of(number(1), Map.of("name", "Ada")),
                                ContactData.of("tomorrow", Map.of("name", "Bob")),
                                ContactData.of(number(2)),
                                ContactData.of("+1 900 234 5678", Map.of("name", "Cy"))));
        assertThat(added).isEqualTo(new AddedContacts(3, 1, 0));
        assertThat(engine.campaigns().launch(campaign.id())).isTrue();
        time.advance(Duration.ofMinutes(2));

        assertThat(progress(engine, campaign).reached()).isEqualTo(1);
        assertThat(progress(engine, campaign).rejected()).isEqualTo(3);
        assertThat(progress(engine, campaign).total()).isEqualTo(4);
        assertThat(status(engine, campaign)).isEqualTo(CampaignStatus.COMPLETED);
        List<Contact> rejected = engine.campaigns()
                .contacts(campaign.id(), Optional.of(ContactState.REJECTED), Optional.empty(), 10)
                .items();
        assertThat(rejected.get(0).rejection().orElseThrow()).startsWith("phone_number ");
        assertThat(rejected.get(1).rejection().orElseThrow()).contains("{{name}}");
        assertThat(rejected.get(2).rejection().orElseThrow()).contains("destination policy");
        assertThat(rejected).allMatch(contact -> !contact.toString().contains(contact.number()));
    }

    @Test
    void contacts_are_pulled_a_batch_at_a_time() {
        CallEngine engine = engine();
        Campaign campaign = engine.campaigns().create(spec().build());
        AtomicInteger given = new AtomicInteger();
        Iterator<ContactData> endless = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public ContactData next() {
                int i = given.getAndIncrement();
                long stored = progress(engine, campaign).total();
                assertThat(i - stored).as("not stored yet").isLessThanOrEqualTo(1000);
                if (i == 5500) {
                    throw new IllegalStateException("planted");
                }
                return ContactData.of(number(i)).withReference("ref-" + i);
            }
        };
        assertThatThrownBy(() -> engine.campaigns().addContacts(campaign.id(), endless))
                .hasMessage("planted");
        assertThat(progress(engine, campaign).pending()).isEqualTo(5000);

        AddedContacts again = engine.campaigns()
                .addContacts(
                        campaign.id(),
                        IntStream.range(0, 5500)
                                .mapToObj(i -> ContactData.of(number(i)).withReference("ref-" + i)));
        assertThat(again).isEqualTo(new AddedContacts(500, 0, 5000));
        assertThat(engine.campaigns()
                        .contacts(campaign.id(), Optional.empty(), Optional.empty(), 1000)
                        .items())
                .extracting(Contact::number)
                .as("in the order of adding")
                .isEqualTo(
                        IntStream.range(0, 1000).mapToObj(CampaignTest::number).toList());
    }

    @Test
    void calls_of_a_campaign_keep_its_pace_over_all_engines_and_others_pass() {
        ScriptedLine second = new ScriptedLine(ScriptedLine.answers());
        CallEngine engine = engine();
        CallEngine other = another(store.another(), second, "other");
        Campaign campaign = launched(engine, spec().callsPerMinute(30).build(), 40);
        time.advance(Duration.ofSeconds(9));
        CallHandle passing = other.place(order().build());
        time.advance(Duration.ofSeconds(30));
        assertThat(other.get(passing.id()).orElseThrow().order().status()).isEqualTo(OrderStatus.COMPLETED);
        time.advance(Duration.ofMinutes(3));

        List<Instant> begun = orders(campaign).stream()
                .flatMap(row -> store.attempts(row.key()).stream())
                .map(attempt -> attempt.attempt().startedAt().orElseThrow())
                .sorted()
                .toList();
        assertThat(begun).hasSize(40);
        for (int i = 1; i < begun.size(); i++) {
            assertThat(Duration.between(begun.get(i - 1), begun.get(i))).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        }
        assertThat(Duration.between(begun.getFirst(), begun.getLast()))
                .as("and do not fall behind it")
                .isLessThan(Duration.ofSeconds(82));
    }

    @Test
    void a_pause_begins_no_call_and_resuming_undoes_just_that() {
        CallEngine engine = engine();
        Campaign campaign = launched(engine, spec().maxConcurrentCalls(5).build(), 60);
        time.advance(Duration.ofSeconds(8));
        String pausedByHost = engine.campaigns()
                .contacts(campaign.id(), Optional.of(ContactState.PLACED), Optional.empty(), 1)
                .items()
                .getFirst()
                .id();
        assertThat(engine.pause(pausedByHost)).isTrue();
        assertThat(engine.campaigns().pause(campaign.id())).isTrue();
        assertThat(engine.campaigns().pause(campaign.id())).isFalse();
        int begun = line.dialled().size();
        time.advance(Duration.ofMinutes(30));
        assertThat(line.dialled()).hasSize(begun);
        assertThat(progress(engine, campaign).held()).isGreaterThan(10);
        String heldAndPaused = engine.campaigns()
                .contacts(campaign.id(), Optional.of(ContactState.HELD), Optional.empty(), 1)
                .items()
                .getFirst()
                .id();
        assertThat(engine.pause(heldAndPaused)).isTrue();
        assertConsistent(engine, campaign);

        assertThat(engine.campaigns().resume(campaign.id())).isTrue();
        time.advance(Duration.ofMinutes(30));
        assertThat(progress(engine, campaign).reached()).isEqualTo(58);
        assertThat(status(engine, campaign)).isEqualTo(CampaignStatus.RUNNING);
        assertThat(engine.resume(pausedByHost)).isTrue();
        assertThat(engine.resume(heldAndPaused)).isTrue();
        time.advance(Duration.ofMinutes(2));
        assertThat(progress(engine, campaign).reached()).isEqualTo(60);
        assertThat(status(engine, campaign)).isEqualTo(CampaignStatus.COMPLETED);
        assertConsistent(engine, campaign);
    }

    @Test
    void the_host_cannot_resume_an_order_past_its_campaigns_pause() {
        CallEngine engine = engine();
        Campaign campaign = launched(engine, spec().maxConcurrentCalls(1).build(), 10);
        time.advance(Duration.ofSeconds(5));
        assertThat(engine.campaigns().pause(campaign.id())).isTrue();
        time.advance(Duration.ofMinutes(5));
        int begun = line.dialled().size();
        for (StoredOrder row : orders(campaign)) {
            boolean unused = engine.resume(row.key());
        }
        time.advance(Duration.ofMinutes(5));
        assertThat(line.dialled()).hasSize(begun);
    }

    @Test
    void cancelling_hangs_up_and_nobody_else_is_called() {
        agent.talksFor(Duration.ofMinutes(10));
        CallEngine engine = engine();
        CallEngine other = another(store.another(), new ScriptedLine(ScriptedLine.answers()), "other");
        Campaign campaign = launched(engine, spec().maxConcurrentCalls(10).build(), 500);
        time.advance(Duration.ofSeconds(20));
        assertThat(agent.open()).isEqualTo(10);
        assertThat(other.campaigns().cancel(campaign.id())).isTrue();
        assertThat(other.campaigns().cancel(campaign.id())).isFalse();
        time.advance(Duration.ofSeconds(20));

        assertThat(agent.open()).isZero();
        assertThat(line.dialled().size()).isLessThanOrEqualTo(10);
        assertThat(progress(engine, campaign).cancelled()).isEqualTo(500);
        assertThat(status(engine, campaign)).isEqualTo(CampaignStatus.CANCELLED);
        assertThat(engine.campaigns().get(campaign.id()).orElseThrow().endedAt())
                .isPresent();
        assertConsistent(engine, campaign);
        assertThatThrownBy(() -> engine.campaigns().addContacts(campaign.id(), people(1)))
                .isInstanceOf(ResourceConflictException.class);
        assertThat(engine.campaigns().launch(campaign.id())).isFalse();
    }

    @Test
    void whoever_is_not_reached_is_called_again_without_holding_others_up() {
        agent.meets(AnsweredBy.VOICEMAIL);
        CallEngine engine = engine();
        Campaign campaign = launched(engine, spec().maxConcurrentCalls(10).build(), 200);
        time.advance(Duration.ofMinutes(30));
        assertThat(progress(engine, campaign).retrying()).isEqualTo(200);
        time.advance(Duration.ofDays(2));
        assertThat(progress(engine, campaign).notReached()).isEqualTo(200);
        assertThat(line.dialled()).hasSize(600);
        assertThat(status(engine, campaign)).isEqualTo(CampaignStatus.COMPLETED);
        assertConsistent(engine, campaign);
    }

    @Test
    void a_number_that_nobody_has_is_told_apart() {
        line = new ScriptedLine(ScriptedLine.fails(DialError.NUMBER_NON_ATTRIBUTED));
        CallEngine engine = engine();
        Campaign campaign = launched(engine, spec().build(), 3);
        time.advance(Duration.ofMinutes(1));
        assertThat(progress(engine, campaign).failed()).isEqualTo(3);
        assertThat(status(engine, campaign)).isEqualTo(CampaignStatus.COMPLETED);
    }

    @Test
    void a_stored_assistant_is_taken_as_it_is_at_the_launch() {
        CallEngine engine = engine();
        var stored = engine.assistants()
                .create(Assistant.prompt("Draft for {{name}}.").name("recall").build());
        Campaign campaign = engine.campaigns()
                .create(CampaignSpec.named("recall").assistantId(stored.id()).build());
        AddedContacts added = engine.campaigns().addContacts(campaign.id(), people(2));
        assertThat(added.accepted()).isEqualTo(2);
        var changed = engine.assistants()
                .update(stored, Assistant.prompt("Final for {{name}}.").build());
        assertThat(engine.campaigns().launch(campaign.id())).isTrue();
        assertThat(engine.campaigns().launch(campaign.id())).isFalse();
        var unused = engine.assistants()
                .update(changed, Assistant.prompt("Too late for {{name}}.").build());
        time.advance(Duration.ofMinutes(1));
        assertThat(agent.opened())
                .extracting(setup -> setup.assistant().prompt())
                .containsExactlyInAnyOrder("Final for P0.", "Final for P1.");

        Campaign lost = engine.campaigns()
                .create(CampaignSpec.named("lost")
                        .assistantId("5f0c6a52-0c5e-4f0e-9b57-0d3f2b7f6a02")
                        .build());
        assertThatThrownBy(() -> engine.campaigns().launch(lost.id()))
                .isInstanceOf(InvalidResourceException.class)
                .hasMessageContaining("assistantId");
    }

    @Test
    void a_campaign_whose_job_was_lost_goes_on() {
        CallEngine engine = engine();
        Campaign draft = engine.campaigns().create(spec().build());
        AddedContacts added = engine.campaigns().addContacts(draft.id(), people(3));
        assertThat(added.accepted()).isEqualTo(3);
        Assistant snapshot = draft.spec().assistant().orElseThrow().snapshot("snapshot", MONDAY_NOON);
        store.campaigns().update(draft.launched(snapshot, MONDAY_NOON));
        time.advance(Duration.ofMinutes(1));
        assertThat(progress(engine, draft).reached()).isEqualTo(3);
        assertThat(status(engine, draft)).isEqualTo(CampaignStatus.COMPLETED);
    }

    @Test
    void tenants_do_not_see_each_others_campaigns() {
        CallEngine engine = engine();
        Campaign campaign = engine.campaigns("acme").create(spec().build());
        AddedContacts added = engine.campaigns("acme").addContacts(campaign.id(), people(2));
        assertThat(added.accepted()).isEqualTo(2);
        assertThat(engine.campaigns().get(campaign.id())).isEmpty();
        assertThat(engine.campaigns("other").cancel(campaign.id())).isFalse();
        assertThat(engine.campaigns("acme").launch(campaign.id())).isTrue();
        time.advance(Duration.ofMinutes(1));
        assertThat(engine.campaigns("acme").progress(campaign.id()).reached()).isEqualTo(2);
        assertThat(store.search(OrderQuery.of(Optional.of("acme")).build()).orders())
                .hasSize(2);
        assertThat(engine.campaigns("acme").list(Optional.empty(), 10).items()).hasSize(1);
        assertThat(engine.campaigns().list(Optional.empty(), 10).items()).isEmpty();
    }

    /** Pause, resume and cancel at random moments through either of two engines, with people who do not answer at once. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whatever_the_host_does_each_contact_has_at_most_one_order(long seed) {
        Random random = new Random(seed);
        line = moody(random);
        CallEngine engine = engine();
        CallEngine other = another(store.another(), moody(random), "other");
        Campaign campaign = launched(
                engine, spec().maxConcurrentCalls(1 + random.nextInt(30)).build(), 150);
        boolean cancelled = false;
        for (int step = 0; step < 60; step++) {
            time.advance(Duration.ofMillis(random.nextInt(120_000)));
            Campaigns through = random.nextBoolean() ? engine.campaigns() : other.campaigns();
            boolean unused = switch (random.nextInt(40)) {
                case 0 -> cancelled |= through.cancel(campaign.id());
                case 1, 2, 3, 4, 5 -> through.pause(campaign.id());
                case 6, 7, 8, 9, 10, 11, 12 -> through.resume(campaign.id());
                case 13, 14 ->
                    engine.cancel(
                            orders(campaign).isEmpty()
                                    ? "none"
                                    : orders(campaign).getFirst().order().id());
                default -> true;
            };
            assertConsistent(engine, campaign);
        }
        boolean unused = engine.campaigns().resume(campaign.id());
        time.advance(Duration.ofDays(4));
        CampaignProgress end = progress(engine, campaign);
        assertThat(status(engine, campaign))
                .as("seed %d", seed)
                .isEqualTo(cancelled ? CampaignStatus.CANCELLED : CampaignStatus.COMPLETED);
        assertThat(end.pending() + end.open()).isZero();
        assertThat(end.total()).isEqualTo(150);
        assertConsistent(engine, campaign);
    }

    private static ScriptedLine moody(Random random) {
        Function<Integer, ScriptedLine.Script> moods = roll -> switch (roll) {
            case 0 -> ScriptedLine.fails(DialError.BUSY);
            case 1 -> ScriptedLine.rings();
            case 2 -> ScriptedLine.fails(DialError.NUMBER_NON_ATTRIBUTED);
            default -> ScriptedLine.answersAndHangsUpAfter(TALK);
        };
        return new ScriptedLine((leg, request) -> moods.apply(random.nextInt(8)).play(leg, request));
    }
}
