package dev.revox.acceptance.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.revox.acceptance.world.Eventually;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.LegEvent.TransferError;
import dev.revox.media.recording.RecordingTarget;
import dev.revox.phone.PhoneNumber;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.Sound;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** Telephones behind a trunk are asked to call somebody else, are joined, or put somebody else in their place: S15. */
class TransferredPhoneIT {

    private static final String ALICE_SAYS = "Please call me back on Friday afternoon.";
    private static final String BOB_SAYS = "I will have to think about it.";

    @TempDir
    Path folder;

    /** First nothing, for as long as it takes to bring people together. */
    private static Sound phoneSpeech(String sentence) {
        Sound said = ClipSet.caller().sentence(sentence).orElseThrow().sound();
        return Sound.silence(2_500, said.rateHz()).then(said).then(Sound.silence(20_000, said.rateHz()));
    }

    private Baresip.Plan phone(String name, String sentence) {
        return Baresip.saying(phoneSpeech(sentence), folder.resolve(name));
    }

    private Baresip.Plan phone() {
        return phone("phone", ALICE_SAYS);
    }

    private KamailioTrunk trunk(int calleePort) {
        return KamailioTrunk.start(folder.resolve("kamailio"), calleePort, "MD5");
    }

    @Execution(CONCURRENT)
    @Test
    void s15_baresip_is_transferred_and_leaves_us() {
        try (Baresip phone = phone().start();
                KamailioTrunk trunk = trunk(phone.sipPort());
                BareLine line = BareLine.on(trunk.trunk())) {
            BareLeg leg = line.dial("+14155550123");
            LegEvent.Answered unused = leg.told(LegEvent.Answered.class);
            leg.leg().transfer(PhoneNumber.of("+14155550177"));
            LegEvent.Transferred transferred = leg.told(LegEvent.Transferred.class);
            LegEvent.Ended ended = leg.told(LegEvent.Ended.class);
            assertThat(ended.cause()).isEqualTo(LegEnd.TRANSFERRED);
            assertThat(Duration.ofNanos(ended.atNanos() - transferred.atNanos()))
                    .isLessThan(Duration.ofMillis(200));
        }
    }

    @Execution(CONCURRENT)
    @Test
    void s15_baresip_finds_the_other_busy_and_stays_with_us() {
        try (Baresip phone = phone().start();
                KamailioTrunk trunk = trunk(phone.sipPort());
                BareLine line = BareLine.on(trunk.trunk())) {
            BareLeg leg = line.dial("+14155550123");
            LegEvent.Answered unused = leg.told(LegEvent.Answered.class);
            leg.leg().transfer(PhoneNumber.of("+15550100486"));
            LegEvent.TransferFailed failed = leg.told(LegEvent.TransferFailed.class);
            assertThat(failed.error()).isEqualTo(TransferError.TARGET_NOT_REACHED);
            assertThat(failed.sipStatus()).isEqualTo(OptionalInt.of(486));
            goesOn(leg);
        }
    }

    @Execution(CONCURRENT)
    @Test
    void s15_baresip_that_may_not_be_transferred_stays_with_us() {
        try (Baresip phone = phone().account(";call_transfer=no").start();
                KamailioTrunk trunk = trunk(phone.sipPort());
                BareLine line = BareLine.on(trunk.trunk())) {
            BareLeg leg = line.dial("+14155550123");
            LegEvent.Answered unused = leg.told(LegEvent.Answered.class);
            leg.leg().transfer(PhoneNumber.of("+14155550177"));
            assertThat(leg.told(LegEvent.TransferFailed.class).error())
                    .isIn(TransferError.REFUSED, TransferError.NOT_SUPPORTED);
            goesOn(leg);
        }
    }

    private static void goesOn(BareLeg leg) {
        long before = leg.leg().mediaReport().packetsReceived();
        Eventually.until(
                BareLeg.PATIENCE, () -> leg.leg().mediaReport().packetsReceived() > before + 10, () -> "no sound");
        assertThat(leg.events).noneMatch(LegEvent::terminal);
        leg.hangUp();
        assertThat(leg.told(LegEvent.Ended.class).cause()).isEqualTo(LegEnd.LOCAL_HANGUP);
    }

    /**
     * We speak to two people and hand one over to the other. baresip knows nothing of Replaces: the other one gets a second call
     * beside ours, which we end when the transfer has succeeded.
     */
    @Execution(CONCURRENT)
    @Test
    void s15_two_telephones_are_connected_with_each_other_and_we_are_out() {
        try (Baresip bob = phone("bob", BOB_SAYS).start();
                KamailioTrunk trunk = trunk(bob.sipPort());
                Baresip alice = phone("alice", ALICE_SAYS)
                        .registeredAs("alice", "alicepw", trunk)
                        .start();
                BareLine line = BareLine.on(trunk.trunk().allowInboundFrom("127.0.0.1"))) {
            alice.command("dial", "sip:+14155550100@127.0.0.1:" + line.sipPort());
            BareLeg first = line.rings();
            first.leg().answer();
            BareLeg consultation = line.dial("+14155550123");
            LegEvent.Answered unused = first.told(LegEvent.Answered.class);
            LegEvent.Answered unusedToo = consultation.told(LegEvent.Answered.class);

            // Recordings of baresip are named by the second, and bob's next one shall not be written over this one.
            Eventually.pass(Duration.ofMillis(1_100));
            first.leg().transferTo(consultation.leg());

            LegEvent.Transferred unusedNews = first.told(LegEvent.Transferred.class);
            assertThat(first.told(LegEvent.Ended.class).cause()).isEqualTo(LegEnd.TRANSFERRED);
            assertThat(consultation.told(LegEvent.Ended.class).cause()).isEqualTo(LegEnd.TRANSFERRED);
            Eventually.pass(Duration.ofSeconds(6));
            alice.command("hangup");
            ParkingTalk.same(ClipSet.caller(), BOB_SAYS, bob.said(), alice.heard());
            ParkingTalk.same(ClipSet.caller(), ALICE_SAYS, alice.said(), bob.heard());
        }
    }

    /** alice speaks to us and to bob, and puts bob into her place: our leg goes on with him. */
    @Execution(CONCURRENT)
    @Test
    void s15_somebody_on_the_other_side_takes_the_place_of_the_one_we_spoke_to() {
        Path recording = folder.resolve("ours.wav");
        try (Baresip bob = phone("bob", BOB_SAYS).start();
                KamailioTrunk trunk = trunk(bob.sipPort());
                Baresip alice = phone("alice", ALICE_SAYS)
                        .registeredAs("alice", "alicepw", trunk)
                        .start();
                BareLine line = BareLine.on(trunk.trunk().register().allowInboundFrom("127.0.0.1"))) {
            Eventually.until(
                    BareLeg.PATIENCE, () -> line.trunkStatus().registered(), () -> "registered; " + trunk.output());
            alice.command("dial", "sip:revox@trunk.test");
            BareLeg leg = line.rings();
            leg.leg().answer();
            LegEvent.Answered unused = leg.told(LegEvent.Answered.class);
            leg.leg().startRecording(RecordingTarget.wav(recording));
            Eventually.pass(Duration.ofSeconds(5));
            String invite = line.trace(leg);
            alice.command("hold");
            alice.command("dial", "sip:+14155550123@trunk.test");
            bob.awaitOutput("Call established");

            alice.command("transfer", "sip:revox@127.0.0.1:" + trunk.port() + "?Replaces=" + replaces(invite));

            LegEvent.ConnectedLine unusedNews = leg.told(LegEvent.ConnectedLine.class);
            assertThat(leg.events).noneMatch(LegEvent::terminal);
            Eventually.pass(Duration.ofSeconds(6));
            leg.hangUp();
            Sound heard = Sound.read(recording, 0);
            ParkingTalk.same(ClipSet.caller(), ALICE_SAYS, phoneSpeech(ALICE_SAYS), heard.slice(0, 6_000));
            ParkingTalk.same(ClipSet.caller(), BOB_SAYS, bob.said(), heard.slice(6_000, heard.durationMs()));
        }
    }

    /** What names our call to somebody who wants to take it over, from its messages. */
    private static String replaces(String trace) {
        String callId = field(trace, "(?m)^Call-ID: *(\\S+)");
        String theirs = field(trace, "(?m)^From:.*;tag=([^;\\s]+)");
        String ours = field(trace, "(?m)^To:.*;tag=([^;\\s]+)");
        return callId + "%3Bto-tag%3D" + ours + "%3Bfrom-tag%3D" + theirs;
    }

    private static String field(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    /** Two people on two telephones who hear each other through us. */
    @Execution(CONCURRENT)
    @Test
    void two_telephones_of_one_trunk_are_bridged_by_us() {
        try (Baresip bob = phone("bob", BOB_SAYS).start();
                KamailioTrunk trunk = trunk(bob.sipPort());
                Baresip alice = phone("alice", ALICE_SAYS)
                        .registeredAs("alice", "alicepw", trunk)
                        .codecs("pcma")
                        .start();
                BareLine line = BareLine.on(trunk.trunk().dialPlan(TransferredPhoneIT::extension))) {
            BareLeg first = line.dial("+14155550101");
            BareLeg second = line.dialBeside(first, "+14155550123");
            LegEvent.Answered unused = first.told(LegEvent.Answered.class);
            LegEvent.Answered unusedToo = second.told(LegEvent.Answered.class);

            first.leg().bridge(second.leg());

            Eventually.pass(Duration.ofSeconds(6));
            first.hangUp();
            second.hangUp();
            ParkingTalk.same(ClipSet.caller(), BOB_SAYS, bob.said(), alice.heard());
            ParkingTalk.same(ClipSet.caller(), ALICE_SAYS, alice.said(), bob.heard());
        }
    }

    private static String extension(PhoneNumber number) {
        return number.e164().equals("+14155550101") ? "alice" : number.e164();
    }
}
