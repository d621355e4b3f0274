package dev.revox.acceptance.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Options;
import dev.revox.acceptance.world.AcceptanceWorld.Outcome;
import dev.revox.acceptance.world.Eventually;
import dev.revox.assistant.Assistant;
import dev.revox.attempt.EndedBy;
import dev.revox.order.Direction;
import dev.revox.sip.SipTrunk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** Our line at kamailio's registrar, beside baresip telephones that are registered there too: S16. */
class RegisteredLineIT {

    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final int NOBODY = 9;

    @TempDir
    Path folder;

    private KamailioTrunk trunk() {
        return KamailioTrunk.start(folder.resolve("kamailio"), NOBODY, "MD5");
    }

    private static SipTrunk registered(KamailioTrunk trunk) {
        return trunk.trunk().register(Duration.ofSeconds(10)).allowInboundFrom("127.0.0.1");
    }

    /** Ten seconds are granted and nonces live for five, so the second REGISTER comes with one that is too old. */
    @Execution(CONCURRENT)
    @Test
    void s16_s17_a_registration_is_renewed_when_its_nonce_is_too_old_and_taken_back_at_the_end() {
        try (KamailioTrunk trunk = trunk()) {
            try (BareLine line = BareLine.on(registered(trunk))) {
                Eventually.until(PATIENCE, () -> line.trunkStatus().registered(), trunk::output);
                Eventually.until(PATIENCE, () -> renewedAfterStaleNonce(trunk.told()), trunk::output);
                assertThat(line.trunkStatus().registered()).isTrue();
            }
            Eventually.until(PATIENCE, () -> trunk.output().contains("registered revox expires=0"), trunk::output);
        }
    }

    private static boolean renewedAfterStaleNonce(List<String> told) {
        int stale = -1;
        for (int i = 0; i < told.size(); i++) {
            if (told.get(i).contains("asks for a password: REGISTER verdict=-4")) {
                stale = i;
            }
        }
        return stale >= 0
                && told.subList(stale, told.size()).stream().anyMatch(line -> line.contains("registered revox"));
    }

    @Execution(CONCURRENT)
    @Test
    void s16_a_wrong_password_registers_nobody() {
        try (KamailioTrunk trunk = trunk();
                BareLine line = BareLine.on(trunk.trunk("wrong").register())) {
            Eventually.until(
                    PATIENCE, () -> asked(trunk) >= 2, () -> "asked for the password twice; " + trunk.output());
            Eventually.pass(Duration.ofMillis(700));

            assertThat(line.trunkStatus().registered()).isFalse();
            assertThat(asked(trunk)).as("an account is not locked by asking on").isEqualTo(2);
            assertThat(trunk.output()).doesNotContain("registered revox");
        }
    }

    private static long asked(KamailioTrunk trunk) {
        return trunk.told().stream()
                .filter(line -> line.contains("asks for a password: REGISTER"))
                .count();
    }

    @Execution(CONCURRENT)
    @Test
    void s16_alice_calls_our_name_and_is_answered_by_the_agent() {
        try (KamailioTrunk trunk = trunk();
                Baresip alice = Baresip.saying(ParkingTalk.person(), folder.resolve("alice"))
                        .registeredAs("alice", "alicepw", trunk)
                        .start()) {
            try (AcceptanceWorld world = AcceptanceWorld.dialling(
                    folder.resolve("rec"),
                    trunk.trunk().register().allowInboundFrom("127.0.0.1"),
                    Options.NONE.engine(engine -> engine.inbound(call -> Optional.of(receptionist()))))) {
                Eventually.until(PATIENCE, () -> world.trunkStatus().registered(), trunk::output);

                alice.command("dial", "sip:revox@trunk.test");
                ParkingTalk.awaitAnswer(world);
                alice.command("hangup");

                Outcome outcome = world.reported();
                assertThat(outcome.report().order().direction()).isEqualTo(Direction.INBOUND);
                assertThat(outcome.row().attempt().endedBy()).contains(EndedBy.USER);
                ParkingTalk.both_sides_spoke_and_were_heard(outcome, alice, "PCMU");
                assertThat(trunk.output()).contains("takes the password: INVITE", "passed ACK", "passed BYE");
            }
            // The nonce of the registration is too old by now, and the line was closed only when that was settled.
            assertThat(trunk.output())
                    .contains("asks for a password: REGISTER verdict=-4", "registered revox expires=0");
            alice.command("dial", "sip:revox@trunk.test");
            alice.awaitOutput("404 Not Found");
        }
    }

    private static Assistant receptionist() {
        return Assistant.prompt("You are Ada from the Riverside Clinic and answer the telephone.")
                .firstSentence("Hello!")
                .build();
    }
}
