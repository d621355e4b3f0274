package dev.revox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.assistant.Assistant;
import dev.revox.campaign.Campaign;
import dev.revox.campaign.CampaignProgress;
import dev.revox.campaign.CampaignSpec;
import dev.revox.campaign.CampaignStatus;
import dev.revox.campaign.Contact;
import dev.revox.campaign.ContactData;
import dev.revox.campaign.ContactState;
import dev.revox.campaign.feed.AddedContacts;
import dev.revox.fake.ScriptedLine;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.store.EngineStore;
import dev.revox.store.StoredOrder;
import dev.revox.store.search.OrderQuery;
import dev.revox.time.TimeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Campaigns in virtual time, and what must hold of them at any moment. */
abstract class CampaignWorld extends VirtualEngine {
    static String number(int i) {
        return String.format("+336%08d", 10_000_000 + i);
    }

    static Stream<ContactData> people(int count) {
        return IntStream.range(0, count).mapToObj(i -> ContactData.of(number(i), Map.of("name", "P" + i)));
    }

    static CampaignSpec.Builder spec() {
        return CampaignSpec.named("recall")
                .assistant(Assistant.prompt("Tell {{name}} of the recall.").build());
    }

    static Campaign launched(CallEngine engine, CampaignSpec spec, int people) {
        Campaign campaign = engine.campaigns().create(spec);
        AddedContacts added = engine.campaigns().addContacts(campaign.id(), people(people));
        assertThat(added.accepted()).isEqualTo(people);
        assertThat(engine.campaigns().launch(campaign.id())).isTrue();
        return campaign;
    }

    static CampaignStatus status(CallEngine engine, Campaign campaign) {
        return engine.campaigns().get(campaign.id()).orElseThrow().status();
    }

    static CampaignProgress progress(CallEngine engine, Campaign campaign) {
        return engine.campaigns().progress(campaign.id());
    }

    CallEngine another(EngineStore shared, ScriptedLine theirs, String name) {
        return another(shared, theirs, name, time, time);
    }

    CallEngine another(EngineStore shared, ScriptedLine theirs, String name, TimeSource clock, Executor executor) {
        return CallEngine.builder()
                .line(theirs)
                .agent(agent)
                .store(shared)
                .time(clock)
                .executor(executor)
                .nodeName(name)
                .build();
    }

    List<StoredOrder> orders(Campaign campaign) {
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
    void assertConsistent(CallEngine engine, Campaign campaign) {
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
}
