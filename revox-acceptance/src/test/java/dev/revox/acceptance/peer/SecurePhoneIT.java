package dev.revox.acceptance.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Options;
import dev.revox.acceptance.world.AcceptanceWorld.Outcome;
import dev.revox.acceptance.world.Eventually;
import dev.revox.attempt.EndedBy;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.sip.SipTrunk;
import dev.revox.sip.sdes.MediaEncryption;
import dev.revox.sip.sdp.AudioCodec;
import dev.revox.sip.tls.SipTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A baresip telephone that takes calls over TLS, with SRTP whose keys come that way: S22 and S23. */
class SecurePhoneIT {

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private static Certificates certificates = new Certificates(Path.of("."));

    @BeforeAll
    static void make() {
        certificates = new Certificates(keys)
                .authority("authority")
                .authority("stranger")
                .signed("phone", "authority", "dns:localhost,ip:127.0.0.1")
                .signed("foreign", "stranger", "dns:localhost,ip:127.0.0.1")
                .signed("misnamed", "authority", "dns:elsewhere.test");
    }

    private Baresip.Plan phone(String certificate) {
        return Baresip.saying(ParkingTalk.person(), folder.resolve("phone"))
                .certificate(certificates.pem(certificate))
                .account(";mediaenc=srtp-mand");
    }

    private static SipTrunk secure(Baresip phone) {
        return SipTrunk.of("sip:localhost:" + phone.tlsPort() + ";transport=tls")
                .name("secure")
                .dialPlan(number -> "callee")
                .srtp(MediaEncryption.REQUIRED);
    }

    private static SipTls trust() {
        return SipTls.DEFAULT.trusting(certificates.trusting("authority"));
    }

    @Execution(CONCURRENT)
    @ParameterizedTest
    @CsvSource({"pcma, PCMA", "opus/48000/2, OPUS"})
    void s22_s23_a_whole_call_over_tls_and_srtp(String theirs, AudioCodec ours) {
        try (Baresip phone = phone("phone").codecs(theirs).start();
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder.resolve("rec"),
                        secure(phone),
                        Options.NONE.sip(sip -> sip.withTls(trust()).withCodecs(ours)))) {
            CompletableFuture<Outcome> call = world.begin(ParkingTalk.order());
            ParkingTalk.awaitAnswer(world);
            String state = world.stateDump();
            phone.command("hangup");

            Outcome outcome = call.join();
            assertThat(outcome.row().attempt().endedBy()).contains(EndedBy.USER);
            ParkingTalk.both_sides_spoke_and_were_heard(outcome, phone, ours.encodingName());
            assertThat(state).contains("srtp=AES_CM_128_HMAC_SHA1_80");
            assertThat(phone.output().toLowerCase(Locale.ROOT)).contains("srtp is enabled");
            assertThat(phone.output())
                    .contains("Via: SIP/2.0/TLS", "RTP/SAVP", "a=crypto:")
                    .doesNotContain("Via: SIP/2.0/UDP", "Via: SIP/2.0/TCP");
        }
    }

    @Execution(CONCURRENT)
    @Test
    void s22_we_hold_go_on_and_hang_up_over_tls() {
        try (Baresip phone = phone("phone").start();
                BareLine line = BareLine.on(secure(phone), settings -> settings.withTls(trust()))) {
            BareLeg leg = line.dial(AcceptanceWorld.NUMBER);
            LegEvent.Answered unused = leg.told(LegEvent.Answered.class);
            leg.leg().hold();
            LegEvent.HoldChanged held = leg.told(LegEvent.HoldChanged.class, LegEvent.HoldChanged::heldByUs);
            leg.leg().resume();
            LegEvent.HoldChanged resumed = leg.told(LegEvent.HoldChanged.class, change -> !change.heldByUs());
            assertThat(resumed.atNanos()).isGreaterThan(held.atNanos());
            long before = leg.leg().mediaReport().packetsReceived();
            Eventually.until(
                    BareLeg.PATIENCE,
                    () -> leg.leg().mediaReport().packetsReceived() > before + 40,
                    () -> "no sound after the hold; " + phone.output());
            leg.hangUp();
            assertThat(leg.told(LegEvent.Ended.class).cause()).isEqualTo(LegEnd.LOCAL_HANGUP);
            phone.awaitOutput("(?m)^BYE sip");
        }
    }

    @Execution(CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"foreign", "misnamed"})
    void x13_a_wrong_certificate_is_refused_and_nothing_goes_out_in_clear(String certificate) {
        try (Baresip phone = phone(certificate).start();
                BareLine line = BareLine.on(secure(phone), settings -> settings.withTls(trust()))) {
            LegEvent.DialFailed failed = line.dial(AcceptanceWorld.NUMBER).told(LegEvent.DialFailed.class);

            assertThat(failed.raw().sipStatus()).isEmpty();
            Eventually.pass(Duration.ofMillis(500));
            assertThat(phone.output()).doesNotContain("INVITE");
        }
    }
}
