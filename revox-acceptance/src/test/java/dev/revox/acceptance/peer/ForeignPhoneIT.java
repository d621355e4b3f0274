package dev.revox.acceptance.peer;

import static dev.revox.acceptance.peer.ParkingTalk.both_sides_spoke_and_were_heard;
import static dev.revox.acceptance.peer.ParkingTalk.sound_went_both_ways;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Options;
import dev.revox.acceptance.world.AcceptanceWorld.Outcome;
import dev.revox.attempt.EndedBy;
import dev.revox.event.CallEvent;
import dev.revox.sip.SipTrunk;
import dev.revox.sip.sdes.MediaEncryption;
import dev.revox.sip.sdp.AudioCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls to telephones that are not ours, with speech both ways: baresip and SIPp, directly and through kamailio. */
class ForeignPhoneIT {

    @TempDir
    Path folder;

    @Execution(CONCURRENT)
    @ParameterizedTest
    @CsvSource({"pcmu, PCMU", "pcma, PCMA", "opus/48000/2, OPUS", "g722, G722", "L16/16000/1, L16_16KHZ"})
    void baresip_is_called_and_hangs_up(String theirs, AudioCodec ours) {
        try (Baresip phone = phone().codecs(theirs).start();
                AcceptanceWorld world = dialling(phone.trunk(), Options.NONE.sip(sip -> sip.withCodecs(ours)))) {

            Outcome outcome = ParkingTalk.held(world, phone);

            assertThat(outcome.row().attempt().endedBy()).contains(EndedBy.USER);
            both_sides_spoke_and_were_heard(outcome, phone, ours.encodingName());
        }
    }

    @Execution(CONCURRENT)
    @Test
    void baresip_is_called_and_we_hang_up() {
        try (Baresip phone = phone().codecs("pcmu,pcma").start();
                AcceptanceWorld world = dialling(phone.trunk(), Options.NONE)) {

            Outcome outcome = world.call(ParkingTalk.order(
                    ParkingTalk.agent().toBuilder()
                            .maxCallDuration(Duration.ofSeconds(10))
                            .build(),
                    AcceptanceWorld.NUMBER));

            assertThat(outcome.row().attempt().endedBy()).contains(EndedBy.SYSTEM);
            both_sides_spoke_and_were_heard(outcome, phone, "PCMU");
        }
    }

    @Execution(CONCURRENT)
    @ParameterizedTest
    @CsvSource({
        "srtp-mand, REQUIRED, pcma, PCMA",
        "srtp-mand, REQUIRED, opus/48000/2, OPUS",
        "srtp, OPTIONAL, g722, G722",
        "srtp, OPTIONAL, pcmu, PCMU"
    })
    void s23_baresip_is_called_over_srtp(String theirs, MediaEncryption ours, String codecs, AudioCodec codec) {
        try (Baresip phone =
                        phone().codecs(codecs).account(";mediaenc=" + theirs).start();
                AcceptanceWorld world = dialling(
                        phone.trunk().srtp(ours).srtpKeysOverPlainSip(),
                        Options.NONE.sip(sip -> sip.withCodecs(codec)))) {
            CompletableFuture<Outcome> call = world.begin(ParkingTalk.order());
            ParkingTalk.awaitAnswer(world);
            String state = world.stateDump();
            phone.command("hangup");

            both_sides_spoke_and_were_heard(call.join(), phone, codec.encodingName());
            assertThat(state).contains("srtp=AES_CM_128_HMAC_SHA1_80");
            assertThat(phone.output().toLowerCase(Locale.ROOT)).contains("srtp is enabled");
        }
    }

    @Execution(CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"MD5", "SHA-256"})
    void s17_baresip_is_called_through_a_trunk_that_asks_for_a_password(String algorithm) {
        try (Baresip phone = phone().start();
                KamailioTrunk trunk = KamailioTrunk.start(folder.resolve("kamailio"), phone.sipPort(), algorithm);
                AcceptanceWorld world = dialling(trunk.trunk(), Options.NONE)) {

            Outcome outcome = ParkingTalk.held(world, phone);

            assertThat(outcome.row().attempt().endedBy()).contains(EndedBy.USER);
            both_sides_spoke_and_were_heard(outcome, phone, "PCMU");
            assertThat(trunk.output()).contains("asks for a password: INVITE", "takes the password: INVITE");
        }
    }

    @Execution(CONCURRENT)
    @Test
    void baresip_is_called_through_a_trunk_that_knows_us_by_our_address() {
        try (Baresip phone = phone().start();
                KamailioTrunk trunk = KamailioTrunk.start(folder.resolve("kamailio"), phone.sipPort(), "MD5");
                AcceptanceWorld world = dialling(
                        SipTrunk.of("sip:127.0.0.1:" + trunk.openPort()).name("by-address"), Options.NONE)) {

            Outcome outcome = ParkingTalk.held(world, phone);

            assertThat(outcome.row().attempt().endedBy()).contains(EndedBy.USER);
            both_sides_spoke_and_were_heard(outcome, phone, "PCMU");
            assertThat(trunk.output())
                    .contains("lets INVITE in by its address", "passed ACK", "passed BYE")
                    .doesNotContain("asks for a password");
        }
    }

    @Execution(CONCURRENT)
    @Test
    void sipp_is_called_and_hangs_up() {
        try (Sipp phone = Sipp.start(folder.resolve("sipp"), "uas-hangs-up.xml");
                AcceptanceWorld world = dialling(direct(phone.sipPort()), Options.NONE)) {

            Outcome outcome = world.call(ParkingTalk.order());

            assertThat(phone.exitCode()).as(phone.output()).isZero();
            assertThat(outcome.row().attempt().endedBy()).contains(EndedBy.USER);
            sound_went_both_ways(outcome.row().media());
        }
    }

    @Execution(CONCURRENT)
    @Test
    void sipp_is_called_and_we_hang_up() {
        try (Sipp phone = Sipp.start(folder.resolve("sipp"), "uas-echo.xml");
                AcceptanceWorld world = dialling(direct(phone.sipPort()), Options.NONE)) {
            CompletableFuture<Outcome> call = world.begin(ParkingTalk.order());
            await().atMost(Duration.ofSeconds(20)).until(() -> ParkingTalk.pickedUp(world));
            await().pollDelay(Duration.ofSeconds(4)).until(() -> true);

            world.engine().cancel(orderId(world));

            Outcome outcome = call.join();
            assertThat(phone.exitCode()).as(phone.output()).isZero();
            assertThat(outcome.row().attempt().endedBy()).contains(EndedBy.SYSTEM);
            sound_went_both_ways(outcome.row().media());
        }
    }

    private static String orderId(AcceptanceWorld world) {
        return world.events().stream()
                .filter(CallEvent.Placed.class::isInstance)
                .map(event -> event.order().id())
                .findFirst()
                .orElseThrow();
    }

    private Baresip.Plan phone() {
        return Baresip.saying(ParkingTalk.person(), folder.resolve("baresip"));
    }

    private AcceptanceWorld dialling(SipTrunk trunk, Options options) {
        return AcceptanceWorld.dialling(folder.resolve("rec"), trunk, options);
    }

    private static SipTrunk direct(int port) {
        return SipTrunk.of("sip:127.0.0.1:" + port).name("phone");
    }
}
