package dev.revox.acceptance.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Outcome;
import dev.revox.acceptance.world.Eventually;
import dev.revox.acceptance.world.Heard;
import dev.revox.acceptance.world.Likeness;
import dev.revox.conversation.ConversationNotice;
import dev.revox.event.CallEvent;
import dev.revox.line.LegEvent;
import dev.revox.line.LegEvent.HoldChanged;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.Sound;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** A baresip telephone that holds us, is held by us, and renegotiates: S13. */
class HeldPhoneIT {

    private static final Duration A_WHILE = Duration.ofSeconds(2);

    /** What may still be on its way when a hold begins. */
    private static final Duration SETTLES = Duration.ofMillis(400);

    @TempDir
    Path folder;

    private static BareLeg answered(BareLine line) {
        BareLeg leg = line.dial(AcceptanceWorld.NUMBER);
        LegEvent.Answered unused = leg.told(LegEvent.Answered.class);
        Eventually.until(BareLeg.PATIENCE, () -> leg.leg().mediaReport().packetsReceived() > 20, () -> "no sound");
        return leg;
    }

    private static long sent(BareLeg leg) {
        return leg.leg().mediaReport().packetsSent();
    }

    private static long received(BareLeg leg) {
        return leg.leg().mediaReport().packetsReceived();
    }

    private static void everythingArrived(Baresip phone, long sent) {
        assertThat((long) phone.packets().received()).isBetween(sent - 10, sent);
    }

    @Execution(CONCURRENT)
    @Test
    void s13_on_hold_by_the_telephone_we_send_nothing_and_then_go_on() {
        try (Baresip phone = Baresip.saying(ParkingTalk.person(0), folder.resolve("phone"))
                        .start();
                BareLine line = BareLine.on(phone.trunk())) {
            BareLeg leg = answered(line);

            phone.command("hold");
            HoldChanged held = leg.told(HoldChanged.class, HoldChanged::heldByPeer);
            assertThat(held.heldByUs()).isFalse();
            Eventually.pass(SETTLES);
            long before = sent(leg);
            Eventually.pass(A_WHILE);
            assertThat(sent(leg)).as("packets sent into the hold").isEqualTo(before);

            phone.command("resume");
            HoldChanged unused = leg.told(HoldChanged.class, change -> !change.heldByPeer());
            long then = sent(leg);
            Eventually.pass(A_WHILE);
            assertThat(sent(leg) - then).as("packets in two seconds").isBetween(60L, 200L);
            leg.hangUp();
            everythingArrived(phone, sent(leg));
        }
    }

    @Execution(CONCURRENT)
    @Test
    void s13_a_telephone_that_we_hold_hears_us_and_is_heard_no_more_until_we_go_on() {
        Sound music =
                ClipSet.agent().sentence("One moment please.").orElseThrow().sound();
        try (Baresip phone = Baresip.saying(ParkingTalk.person(0), folder.resolve("phone"))
                        .start();
                BareLine line = BareLine.on(phone.trunk())) {
            BareLeg leg = answered(line);

            leg.leg().hold();
            HoldChanged held = leg.told(HoldChanged.class, HoldChanged::heldByUs);
            assertThat(held.heldByPeer()).isFalse();
            Eventually.pass(SETTLES);
            long before = received(leg);
            long sentBefore = sent(leg);
            leg.says(music);
            Eventually.pass(A_WHILE);
            assertThat(sent(leg) - sentBefore).as("packets of music").isGreaterThan(80);
            assertThat(received(leg)).as("packets that came during our hold").isEqualTo(before);

            leg.leg().resume();
            HoldChanged unused = leg.told(HoldChanged.class, change -> !change.heldByUs());
            Eventually.pass(A_WHILE);
            assertThat(received(leg) - before).as("packets in two seconds").isGreaterThan(80);
            leg.hangUp();
            // What it recorded ends with the first hold; what came it has counted to the end.
            everythingArrived(phone, sent(leg));
        }
    }

    @Execution(CONCURRENT)
    @Test
    void s13_a_re_invite_of_the_telephone_that_changes_nothing_changes_nothing() {
        try (Baresip phone = Baresip.saying(ParkingTalk.person(0), folder.resolve("phone"))
                        .codecs("pcma,pcmu")
                        .start();
                BareLine line = BareLine.on(phone.trunk())) {
            BareLeg leg = answered(line);
            long lost = leg.leg().mediaReport().packetsLost();

            phone.command("reinvite");
            phone.awaitOutput("(?s)INVITE sip:.*SIP/2.0 200 OK.*\nCSeq: [0-9]+ INVITE");
            long then = sent(leg);
            Eventually.pass(A_WHILE);

            assertThat(sent(leg) - then).isGreaterThan(80);
            assertThat(leg.leg().mediaReport().packetsLost() - lost).isLessThan(5);
            assertThat(leg.events).noneMatch(LegEvent::terminal).noneMatch(HoldChanged.class::isInstance);
            leg.hangUp();
        }
    }

    /** The person holds us while the agent is about to answer: the answer waits, and is heard from its beginning. */
    @Execution(CONCURRENT)
    @Test
    void s13_an_agent_does_not_talk_into_a_hold_and_loses_no_word() {
        try (Baresip phone = Baresip.saying(ParkingTalk.person(), folder.resolve("phone"))
                        .start();
                AcceptanceWorld world = AcceptanceWorld.dialling(folder.resolve("rec"), phone.trunk())) {
            CompletableFuture<Outcome> call = world.begin(ParkingTalk.order());
            Eventually.until(
                    Duration.ofSeconds(20), () -> asked(world), () -> "the question; events: " + world.events());
            phone.command("hold");
            Eventually.until(
                    BareLeg.PATIENCE, () -> phone.output().contains("a=recvonly"), () -> "held; " + phone.output());
            Eventually.pass(SETTLES);
            long before = sent(world.stateDump());
            Eventually.pass(Duration.ofSeconds(3));
            assertThat(sent(world.stateDump())).as("packets sent into the hold").isEqualTo(before);

            phone.command("resume");
            ParkingTalk.awaitAnswer(world);
            phone.command("hangup");

            Outcome outcome = call.join();
            assertThat(Heard.agentTurns(outcome.row().attempt())).contains(ParkingTalk.ANSWER);
            Sound ours =
                    Sound.read(Path.of(outcome.row().attempt().recordingUrl().orElseThrow()), 1);
            Likeness whole = Likeness.of(
                    ClipSet.agent().sentence(ParkingTalk.ANSWER).orElseThrow().sound(), ours);
            assertThat(whole.correlation()).as("%s", whole).isGreaterThan(0.9);
            assertThat(whole.envelope()).as("said without a break: %s", whole).isGreaterThan(0.9);
            everythingArrived(phone, outcome.row().media().packetsSent());
        }
    }

    private static boolean asked(AcceptanceWorld world) {
        return world.events().stream()
                .anyMatch(event -> event instanceof CallEvent.InConversation news
                        && news.notice() instanceof ConversationNotice.UserTurn);
    }

    private static long sent(String stateDump) {
        Matcher sent = Pattern.compile(" sent=([0-9]+) ").matcher(stateDump);
        assertThat(sent.find()).as(stateDump).isTrue();
        return Long.parseLong(sent.group(1));
    }
}
