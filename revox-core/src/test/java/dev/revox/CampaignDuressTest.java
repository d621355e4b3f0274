package dev.revox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.assistant.Assistant;
import dev.revox.attempt.DialError;
import dev.revox.campaign.Campaign;
import dev.revox.campaign.CampaignProgress;
import dev.revox.campaign.CampaignStatus;
import dev.revox.campaign.feed.AddedContacts;
import dev.revox.campaign.feed.Campaigns;
import dev.revox.fake.PowerCut;
import dev.revox.fake.ScriptedLine;
import dev.revox.line.DialRequest;
import dev.revox.order.OrderStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Campaigns on several engines: large ones, dying engines, and hosts that change their mind. */
class CampaignDuressTest extends CampaignWorld {
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
            default -> ScriptedLine.answersAndHangsUpAfter(Duration.ofSeconds(12));
        };
        return new ScriptedLine((leg, request) -> moods.apply(random.nextInt(8)).play(leg, request));
    }
}
