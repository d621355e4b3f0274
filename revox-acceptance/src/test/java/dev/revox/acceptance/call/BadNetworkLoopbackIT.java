package dev.revox.acceptance.call;

import static dev.revox.testkit.phone.Step.say;
import static dev.revox.testkit.phone.Step.waitForHangUp;
import static dev.revox.testkit.phone.Step.waitForSpeechEnd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Outcome;
import dev.revox.acceptance.world.Heard;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.line.MediaReport;
import dev.revox.sip.SipTrunk;
import dev.revox.testkit.network.NetworkProfile;
import dev.revox.testkit.phone.TestPhone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole calls whose sound goes through a bad network both ways. */
class BadNetworkLoopbackIT {

    private static final List<String> SAID =
            List.of("Yes this is Dana.", "Is there any parking near the clinic?", "No that is all thank you goodbye.");

    /** Each twentieth packet is lost, and with them a word of 100 ms now and then: one of fifteen. */
    private static final int MAY_BE_LOST = 1;

    @TempDir
    Path folder;

    static Stream<NetworkProfile> networks() {
        return Stream.of(NetworkProfile.LOSS, NetworkProfile.NORMAL_JITTER.withDuplicates(0.01))
                .map(profile -> profile.withSpray(50));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void both_sides_are_understood_and_what_the_network_did_is_in_the_report(NetworkProfile network) {
        try (TestPhone phone = TestPhone.answering(0)
                        .network(network)
                        .script(
                                waitForSpeechEnd(),
                                say(SAID.get(0)),
                                waitForSpeechEnd(),
                                say(SAID.get(1)),
                                waitForSpeechEnd(),
                                say(SAID.get(2)),
                                waitForHangUp(Duration.ofSeconds(20)));
                AcceptanceWorld world =
                        AcceptanceWorld.dialling(folder, SipTrunk.of("sip:127.0.0.1:" + phone.port()))) {

            Outcome outcome = world.call();

            CallAttempt attempt = outcome.row().attempt();
            assertThat(attempt.status()).isEqualTo(AttemptStatus.COMPLETED);
            understood(Heard.userTurns(attempt), network.duplicateShare() > 0 ? 0 : MAY_BE_LOST);
            MediaReport media = outcome.row().media();
            assertThat(media.packetsReceived()).isGreaterThan(300);
            double lost = (double) media.packetsLost() / (media.packetsReceived() + media.packetsLost());
            assertThat(lost)
                    .isBetween(network.duplicateShare() > 0 ? -0.01 : 0.02, network.duplicateShare() > 0 ? 0.01 : 0.09);
            // The stranger's packets, about one for each of the phone's two, went nowhere.
            assertThat(media.packetsDropped()).isGreaterThan(100);
        }
    }

    private static void understood(List<String> turns, int mayBeLost) {
        assertThat(turns).hasSameSizeAs(SAID);
        int lost = 0;
        for (int turn = 0; turn < SAID.size(); turn++) {
            List<String> said = words(SAID.get(turn));
            List<String> heard = words(turns.get(turn));
            assertThat(said).as("nothing that was not said").containsSubsequence(heard);
            lost += said.size() - heard.size();
        }
        assertThat(lost).as("words lost of %s", turns).isLessThanOrEqualTo(mayBeLost);
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }
}
