package dev.revox.acceptance.call;

import static dev.revox.testkit.phone.Step.hangUp;
import static dev.revox.testkit.phone.Step.pause;
import static dev.revox.testkit.phone.Step.say;
import static dev.revox.testkit.phone.Step.waitForHangUp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.acceptance.world.Heard;
import dev.revox.line.CallLeg;
import dev.revox.line.DialRequest;
import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.media.recording.RecordingTarget;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.SipSettings;
import dev.revox.sip.SipTrunk;
import dev.revox.testkit.phone.PhoneCall;
import dev.revox.testkit.phone.TestPhone;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.time.SystemTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two people on two legs of one line who hear each other. */
class BridgeLoopbackIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"PCMU", "G722"})
    void both_hear_what_the_other_says(String codec) throws Exception {
        try (TestPhone phone = TestPhone.answering(0)
                        .codecs(codec)
                        .script(pause(Duration.ofMillis(700)), say("Yes this is Dana."), waitForHangUp(LIMIT));
                SystemTime time = SystemTime.start();
                SipCallLine line = line(phone)) {
            line.start(time);
            Pair pair = Pair.of(line);

            pair.first.bridge(pair.second);

            TimeUnit.SECONDS.sleep(3);
            pair.hangUp();
            for (PhoneCall call : phone.calls()) {
                PhoneCall.Ending unused = call.awaitEnd(LIMIT);
                assertThat(Heard.sentences(call.heard(), ClipSet.caller())).containsExactly("Yes this is Dana.");
            }
        }
    }

    @Test
    void a_leg_that_is_recorded_holds_both_people_and_the_other_goes_on_when_one_hangs_up() throws Exception {
        Path recording = folder.resolve("first.wav");
        try (TestPhone phone = TestPhone.answering(0)
                        .codecs("PCMU")
                        .script(
                                pause(Duration.ofMillis(700)),
                                say("Yes this is Dana."),
                                pause(Duration.ofMillis(500)),
                                hangUp());
                SystemTime time = SystemTime.start();
                SipCallLine line = line(phone)) {
            line.start(time);
            Pair pair = Pair.of(line);
            pair.first.startRecording(RecordingTarget.wav(recording));

            pair.second.bridge(pair.first);

            assertThat(pair.over.await(20, TimeUnit.SECONDS)).isTrue();
            for (PhoneCall call : phone.calls()) {
                assertThat(call.awaitEnd(LIMIT)).isNotNull();
            }
        }
        assertThat(Heard.loudMs(recording, 0)).as("the first person").isBetween(500, 2000);
        assertThat(Heard.loudMs(recording, 1)).as("the second person").isBetween(500, 2000);
    }

    private static SipCallLine line(TestPhone phone) {
        return SipCallLine.builder()
                .trunk(SipTrunk.of("sip:127.0.0.1:" + phone.port()))
                .settings(SipSettings.DEFAULT.withBindAddress("127.0.0.1"))
                .build();
    }

    /** Two legs that are up. */
    private record Pair(CallLeg first, CallLeg second, CountDownLatch over) {

        static Pair of(SipCallLine line) throws InterruptedException {
            CountDownLatch up = new CountDownLatch(2);
            CountDownLatch over = new CountDownLatch(2);
            CallLeg first = line.dial(request("leg-1"), event -> note(event, up, over));
            CallLeg second = line.dial(request("leg-2").beside(first), event -> note(event, up, over));
            assertThat(up.await(20, TimeUnit.SECONDS)).isTrue();
            return new Pair(first, second, over);
        }

        private static DialRequest request(String legId) {
            return new DialRequest(
                    "call-1",
                    legId,
                    PhoneNumber.of("+14155550123"),
                    Optional.of(PhoneNumber.of("+14155550199")),
                    LIMIT,
                    ListenSettings.DEFAULT);
        }

        private static void note(LegEvent event, CountDownLatch up, CountDownLatch over) {
            if (event instanceof LegEvent.Answered) {
                up.countDown();
            } else if (event.terminal()) {
                over.countDown();
            }
        }

        void hangUp() {
            first.hangUp();
            second.hangUp();
        }
    }
}
