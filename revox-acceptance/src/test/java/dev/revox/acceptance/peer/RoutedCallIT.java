package dev.revox.acceptance.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.revox.acceptance.world.Eventually;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.LegEvent.HoldChanged;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** Calls through a proxy that records its route and asks for the password anew within the call: S03, S17, S18. */
class RoutedCallIT {

    /** Longer than the trunk's nonces live. */
    private static final Duration NONCE_GROWS_OLD = Duration.ofMillis(6_100);

    @TempDir
    Path folder;

    private Baresip.Plan phone(String name) {
        return Baresip.saying(ParkingTalk.person(0), folder.resolve(name));
    }

    private KamailioTrunk trunk(int calleePort) {
        return KamailioTrunk.start(folder.resolve("kamailio"), calleePort, "MD5");
    }

    @Execution(CONCURRENT)
    @Test
    void s03_s17_s18_what_we_send_in_a_call_goes_by_the_proxy_and_an_old_nonce_is_renewed() {
        try (Baresip phone = phone("phone").start();
                KamailioTrunk trunk = trunk(phone.sipPort());
                BareLine line = BareLine.on(trunk.trunk())) {
            BareLeg leg = line.dial("+14155550123");
            LegEvent.Answered unused = leg.told(LegEvent.Answered.class);

            Eventually.pass(NONCE_GROWS_OLD);
            leg.leg().hold();
            HoldChanged held = leg.told(HoldChanged.class, HoldChanged::heldByUs);
            leg.leg().resume();
            HoldChanged resumed = leg.told(HoldChanged.class, change -> !change.heldByUs());
            assertThat(resumed.atNanos()).isGreaterThan(held.atNanos());
            Eventually.pass(NONCE_GROWS_OLD);
            leg.hangUp();

            assertThat(leg.told(LegEvent.Ended.class).cause()).isEqualTo(LegEnd.LOCAL_HANGUP);
            phone.awaitOutput("(?m)^BYE sip:");
            Eventually.until(BareLeg.PATIENCE, () -> trunk.output().contains("takes the password: BYE"), trunk::output);
            List<String> told = trunk.told();
            assertThat(times(told, "passed ACK"))
                    .as("ACKs to the answer, to both re-INVITEs and to the 407")
                    .isEqualTo(4);
            assertThat(times(told, "passed INVITE")).isEqualTo(2);
            assertThat(times(told, "passed BYE")).isEqualTo(1);
            assertThat(times(told, "asks for a password: INVITE verdict=-4"))
                    .as("the first re-INVITE came with a nonce of more than five seconds, the second with a new one")
                    .isEqualTo(1);
            assertThat(times(told, "asks for a password: BYE verdict=-4")).isEqualTo(1);
            everyRequestNamesItsRoute(line.trace(leg), trunk);
        }
    }

    /** All but the first INVITE and the ACKs to refusals, which only go to the next hop. */
    private static void everyRequestNamesItsRoute(String trace, KamailioTrunk trunk) {
        String route = "Route: <sip:127.0.0.1:" + trunk.port() + ";";
        String[] messages = trace.split("(?m)^---- .*$");
        int routed = 0;
        for (String message : messages) {
            boolean within = message.matches("(?s)\\s*(INVITE|BYE) sip.*\\nTo:[^\\n]*;tag=.*");
            routed += message.contains(route) ? 1 : 0;
            assertThat(within && !message.contains(route)).as(message).isFalse();
        }
        assertThat(routed)
                .as("re-INVITEs, one of them twice for its nonce; three ACKs; two BYEs")
                .isGreaterThanOrEqualTo(8);
    }

    private static long times(List<String> told, String what) {
        return told.stream().filter(line -> line.contains(what)).count();
    }

    /** alice's call reaches us through the proxy: what we send goes back through it. */
    @Execution(CONCURRENT)
    @Test
    void s18_what_we_send_in_a_call_that_came_to_us_goes_back_by_the_proxy() {
        try (KamailioTrunk trunk = trunk(9);
                Baresip alice =
                        phone("alice").registeredAs("alice", "alicepw", trunk).start();
                BareLine line = BareLine.on(trunk.trunk().register().allowInboundFrom("127.0.0.1"))) {
            Eventually.until(BareLeg.PATIENCE, () -> line.trunkStatus().registered(), trunk::output);
            alice.command("dial", "sip:revox@trunk.test");
            BareLeg leg = line.rings();
            leg.leg().answer();
            LegEvent.Answered unused = leg.told(LegEvent.Answered.class);

            leg.leg().hold();
            HoldChanged held = leg.told(HoldChanged.class, HoldChanged::heldByUs);
            assertThat(held.heldByPeer()).isFalse();
            leg.hangUp();

            alice.awaitOutput("(?m)^BYE sip:");
            assertThat(times(trunk.told(), "passed INVITE")).isEqualTo(1);
            assertThat(times(trunk.told(), "passed ACK")).isEqualTo(2);
            assertThat(times(trunk.told(), "passed BYE")).isEqualTo(1);
            assertThat(leg.call().trunk()).isEqualTo("carrier");
        }
    }
}
