package dev.revox.acceptance.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Options;
import dev.revox.acceptance.world.AcceptanceWorld.Outcome;
import dev.revox.acceptance.world.Heard;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.DialError;
import dev.revox.attempt.EndedBy;
import dev.revox.event.CallEvent;
import dev.revox.line.MediaReport;
import dev.revox.order.CallOrder;
import dev.revox.schedule.RetryPolicy;
import dev.revox.sip.SipTrunk;
import dev.revox.sip.sdes.MediaEncryption;
import dev.revox.sip.sdp.AudioCodec;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.Sound;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls to telephones and through a trunk that are not ours: baresip, SIPp, kamailio. */
class ForeignPhoneIT {

    /** What the telephones say, with silence enough before and behind for an answer. */
    private static final String QUESTION = "Is there any parking near the clinic?";

    private static final Duration TALK = Duration.ofSeconds(14);

    @TempDir
    Path folder;

    @Test
    void baresip_is_called_and_hangs_up() {
        try (Baresip phone = baresip("pcmu,pcma");
                AcceptanceWorld world = AcceptanceWorld.dialling(folder.resolve("rec"), direct(phone))) {

            Outcome outcome = talk(world, phone, AcceptanceWorld.order());

            assertThat(outcome.row().attempt().endedBy()).contains(EndedBy.USER);
            both_sides_spoke_and_were_heard(outcome, phone, "PCMU");
        }
    }

    @Test
    void baresip_is_called_and_we_hang_up() {
        try (Baresip phone = baresip("pcma");
                AcceptanceWorld world = AcceptanceWorld.dialling(folder.resolve("rec"), direct(phone))) {

            Outcome outcome = world.call(CallOrder.to(AcceptanceWorld.NUMBER)
                    .forceNow()
                    .assistant(AcceptanceWorld.ada().toBuilder()
                            .maxCallDuration(TALK)
                            .build())
                    .variable("name", "Dana")
                    .retryPolicy(RetryPolicy.builder().maxAttempts(1).build())
                    .build());

            assertThat(outcome.row().attempt().endedBy()).contains(EndedBy.SYSTEM);
            both_sides_spoke_and_were_heard(outcome, phone, "PCMA");
        }
    }

    @Test
    void baresip_is_called_over_opus() {
        try (Baresip phone = baresip("opus/48000/2");
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder.resolve("rec"),
                        direct(phone),
                        Options.NONE.sip(sip -> sip.withCodecs(AudioCodec.OPUS, AudioCodec.PCMU)))) {

            both_sides_spoke_and_were_heard(talk(world, phone, AcceptanceWorld.order()), phone, "opus");
        }
    }

    @Test
    void baresip_is_called_over_g722() {
        try (Baresip phone = baresip("g722");
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder.resolve("rec"),
                        direct(phone),
                        Options.NONE.sip(sip -> sip.withCodecs(AudioCodec.G722, AudioCodec.PCMU)))) {

            both_sides_spoke_and_were_heard(talk(world, phone, AcceptanceWorld.order()), phone, "G722");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "srtp-mand, REQUIRED, pcma, PCMA",
        "srtp-mand, REQUIRED, opus/48000/2, opus",
        "srtp, OPTIONAL, g722, G722",
        "srtp, OPTIONAL, pcmu, PCMU"
    })
    void s23_baresip_is_called_over_srtp(String theirs, MediaEncryption ours, String codecs, String codec) {
        try (Baresip phone = baresip(codecs, ";mediaenc=" + theirs);
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder.resolve("rec"),
                        direct(phone).srtp(ours).srtpKeysOverPlainSip(),
                        Options.NONE.sip(sip -> sip.withCodecs(AudioCodec.valueOf(codec.toUpperCase(Locale.ROOT)))))) {
            // A thread of its own: the common pool of a small machine has one, and that places the call.
            CompletableFuture<String> state = CompletableFuture.supplyAsync(
                    () -> {
                        await().atMost(Duration.ofSeconds(20)).until(() -> answered(world));
                        return world.stateDump();
                    },
                    task -> Thread.ofVirtual().start(task));

            both_sides_spoke_and_were_heard(talk(world, phone, AcceptanceWorld.order()), phone, codec);

            assertThat(state.join()).contains("srtp=AES_CM_128_HMAC_SHA1_80");
            assertThat(phone.output()).containsIgnoringCase("srtp");
        }
    }

    @Test
    void baresip_is_called_over_l16() {
        try (Baresip phone = baresip("L16/16000/1");
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder.resolve("rec"),
                        direct(phone),
                        Options.NONE.sip(sip -> sip.withCodecs(AudioCodec.L16_16KHZ, AudioCodec.PCMU)))) {

            both_sides_spoke_and_were_heard(talk(world, phone, AcceptanceWorld.order()), phone, "L16");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD5", "SHA-256"})
    void baresip_is_called_through_a_trunk_that_asks_for_a_password(String algorithm) {
        try (Baresip phone = baresip("pcmu");
                KamailioTrunk trunk = KamailioTrunk.start(
                        folder.resolve("kamailio"), ForeignProgram.freePortPair(), phone.sipPort(), algorithm);
                AcceptanceWorld world = AcceptanceWorld.dialling(folder.resolve("rec"), through(trunk, "s3cret"))) {

            Outcome outcome = talk(world, phone, AcceptanceWorld.order());

            assertThat(outcome.row().attempt().endedBy()).contains(EndedBy.USER);
            both_sides_spoke_and_were_heard(outcome, phone, "PCMU");
        }
    }

    @Test
    void a_wrong_password_is_a_failed_precondition() {
        try (KamailioTrunk trunk =
                        KamailioTrunk.start(folder.resolve("kamailio"), ForeignProgram.freePortPair(), 9, "MD5");
                AcceptanceWorld world = AcceptanceWorld.dialling(folder.resolve("rec"), through(trunk, "wrong"))) {

            assertThat(world.call().row().attempt().dialError()).contains(DialError.PRECONDITION_FAILED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 486, 503})
    void a_trunk_that_refuses_is_understood(int status) {
        try (KamailioTrunk trunk =
                        KamailioTrunk.start(folder.resolve("kamailio"), ForeignProgram.freePortPair(), 9, "MD5");
                AcceptanceWorld world = AcceptanceWorld.dialling(folder.resolve("rec"), through(trunk, "s3cret"))) {

            Outcome outcome = world.call(CallOrder.to("+15550100" + status)
                    .forceNow()
                    .assistant(AcceptanceWorld.ada())
                    .variable("name", "Dana")
                    .retryPolicy(RetryPolicy.builder().maxAttempts(1).build())
                    .build());

            assertThat(outcome.row().failure().orElseThrow().sipStatus()).hasValue(status);
            assertThat(outcome.row().attempt().dialError())
                    .contains(
                            switch (status) {
                                case 404 -> DialError.NUMBER_NON_ATTRIBUTED;
                                case 486 -> DialError.BUSY;
                                default -> DialError.TEMPORARILY_UNAVAILABLE;
                            });
        }
    }

    @Test
    void sipp_is_called_and_hangs_up() {
        try (Sipp phone = Sipp.start(folder.resolve("sipp"), "uas-hangs-up.xml");
                AcceptanceWorld world = AcceptanceWorld.dialling(folder.resolve("rec"), direct(phone))) {

            Outcome outcome = world.call();

            assertThat(phone.exitCode()).as(phone.output()).isZero();
            assertThat(outcome.row().attempt().endedBy()).contains(EndedBy.USER);
            sound_went_both_ways(outcome.row().media());
        }
    }

    @Test
    void sipp_is_called_and_we_hang_up() {
        try (Sipp phone = Sipp.start(folder.resolve("sipp"), "uas-echo.xml");
                AcceptanceWorld world = AcceptanceWorld.dialling(folder.resolve("rec"), direct(phone))) {
            CompletableFuture<Outcome> call = CompletableFuture.supplyAsync(world::call);
            await().atMost(Duration.ofSeconds(20)).until(() -> answered(world));
            await().pollDelay(Duration.ofSeconds(4)).until(() -> true);

            world.engine().cancel(orderId(world));

            Outcome outcome = call.join();
            assertThat(phone.exitCode()).as(phone.output()).isZero();
            assertThat(outcome.row().attempt().endedBy()).contains(EndedBy.SYSTEM);
            sound_went_both_ways(outcome.row().media());
        }
    }

    /** Lets the telephone talk for a while, then hangs up on its side. */
    private static Outcome talk(AcceptanceWorld world, Baresip phone, CallOrder order) {
        CompletableFuture<Outcome> call = CompletableFuture.supplyAsync(() -> world.call(order));
        await().atMost(Duration.ofSeconds(20)).until(() -> answered(world));
        await().pollDelay(TALK).atMost(TALK.plusSeconds(2)).until(() -> true);
        phone.command("hangup");
        return call.join();
    }

    private static boolean answered(AcceptanceWorld world) {
        return world.events().stream().anyMatch(CallEvent.Answered.class::isInstance);
    }

    private static String orderId(AcceptanceWorld world) {
        return world.events().stream()
                .filter(CallEvent.Placed.class::isInstance)
                .map(event -> event.order().id())
                .findFirst()
                .orElseThrow();
    }

    private static void both_sides_spoke_and_were_heard(Outcome outcome, Baresip phone, String codec) {
        CallAttempt attempt = outcome.row().attempt();
        assertThat(attempt.status()).isEqualTo(AttemptStatus.COMPLETED);
        assertThat(outcome.row().media().codec()).isEqualTo(codec);
        sound_went_both_ways(outcome.row().media());
        assertThat(Heard.userTurns(attempt)).contains(QUESTION);
        List<String> atTheOtherEnd = Heard.sentences(Sound.read(phone.heard(), 0), ClipSet.agent());
        assertThat(String.join(" ", atTheOtherEnd)).contains("Yes, you can park for free behind the building.");
        Path recording = Path.of(attempt.recordingUrl().orElseThrow());
        assertThat(Heard.sentences(Sound.read(recording, 0), ClipSet.caller())).contains(QUESTION);
        assertThat(String.join(" ", Heard.sentences(Sound.read(recording, 1), ClipSet.agent())))
                .contains("Yes, you can park for free behind the building.");
    }

    private static void sound_went_both_ways(MediaReport media) {
        assertThat(media.packetsSent()).isGreaterThan(100);
        assertThat(media.packetsReceived()).isGreaterThan(100);
        assertThat(media.packetsLost()).isLessThanOrEqualTo(media.packetsReceived() / 100);
    }

    private Baresip baresip(String codecs) {
        return baresip(codecs, "");
    }

    private Baresip baresip(String codecs, String more) {
        Path speech = folder.resolve("speech.wav");
        Sound question = ClipSet.caller().sentence(QUESTION).orElseThrow().sound();
        Sound.silence(5000, question.rateHz())
                .then(question)
                .then(Sound.silence(9000, question.rateHz()))
                .write(speech);
        return Baresip.start(
                folder.resolve("baresip"), ForeignProgram.freePortPair(), freeRtpPorts(), speech, codecs, more);
    }

    private static int freeRtpPorts() {
        return ForeignProgram.freePortPair();
    }

    private static SipTrunk direct(Baresip phone) {
        return SipTrunk.of("sip:127.0.0.1:" + phone.sipPort()).name("baresip");
    }

    private static SipTrunk direct(Sipp phone) {
        return SipTrunk.of("sip:127.0.0.1:" + phone.sipPort()).name("sipp");
    }

    private static SipTrunk through(KamailioTrunk trunk, String password) {
        return SipTrunk.of("sip:127.0.0.1:" + trunk.port()).name("carrier").credentials(KamailioTrunk.USER, password);
    }
}
