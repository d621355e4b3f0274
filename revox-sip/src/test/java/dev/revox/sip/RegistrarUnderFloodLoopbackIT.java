package dev.revox.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.RawPeer.Received;
import dev.revox.sip.signaling.valve.ValveSettings;
import dev.revox.sip.trunk.TrunkStatus;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A flood in the name of a trunk that we register with. */
class RegistrarUnderFloodLoopbackIT {

    private static final int MORE_THAN_THE_BUDGET = 20;
    private static final String ANYBODY = "<sip:anybody@peer.test>";

    private final RawPeer registrar = new RawPeer();

    @Test
    void s28_the_registrars_answer_comes_through_a_flood_in_its_name() {
        SipTrunk trunk = SipTrunk.of("sip:127.0.0.1:" + registrar.port()).register();
        SipSettings settings = SipSettings.DEFAULT.withT1(Lines.T1).withValve(ValveSettings.DEFAULT.known(1, 1));
        try (registrar;
                Lines lines = new Lines(trunk, settings)) {
            Set<Received> answered = new HashSet<>();
            Lines.eventually("registered", () -> {
                registrar.inbox.stream()
                        .filter(request -> request.isRequest("REGISTER") && answered.add(request))
                        .forEach(request -> {
                            flood(lines.line.sipPort());
                            registrar.reply(request, "200 OK", "registrar", "Expires: 600\r\n", "");
                        });
                return lines.line.trunkStatus().stream().allMatch(TrunkStatus::registered);
            });

            assertThat(lines.line.valveCounts().knownOverBudget()).isPositive();
        }
    }

    private void flood(int port) {
        for (int i = 0; i < MORE_THAN_THE_BUDGET; i++) {
            registrar.send(
                    registrar.message(
                            "OPTIONS",
                            "sip:127.0.0.1:" + port,
                            registrar.nextBranch(),
                            ANYBODY + ";tag=flood",
                            ANYBODY,
                            "flood-" + registrar.nextBranch(),
                            1,
                            "",
                            ""),
                    port);
        }
    }
}
