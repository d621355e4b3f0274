package dev.revox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.assistant.Assistant;
import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.DialError;
import dev.revox.campaign.Campaign;
import dev.revox.campaign.CampaignSpec;
import dev.revox.campaign.CampaignStatus;
import dev.revox.campaign.Contact;
import dev.revox.campaign.ContactData;
import dev.revox.campaign.ContactState;
import dev.revox.campaign.feed.AddedContacts;
import dev.revox.fake.ScriptedLine;
import dev.revox.line.DialRequest;
import dev.revox.resource.InvalidResourceException;
import dev.revox.resource.ResourceConflictException;
import dev.revox.store.StoredOrder;
import dev.revox.store.search.OrderQuery;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Campaigns through the front door, in virtual time. */
class CampaignTest extends CampaignWorld {
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
                        IntStream.range(0, 1000).mapToObj(CampaignWorld::number).toList());
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
}
