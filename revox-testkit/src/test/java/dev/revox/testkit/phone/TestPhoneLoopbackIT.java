package dev.revox.testkit.phone;

import static dev.revox.testkit.phone.Step.hangUp;
import static dev.revox.testkit.phone.Step.interruptAfter;
import static dev.revox.testkit.phone.Step.pause;
import static dev.revox.testkit.phone.Step.press;
import static dev.revox.testkit.phone.Step.say;
import static dev.revox.testkit.phone.Step.waitForHangUp;
import static dev.revox.testkit.phone.Step.waitForSpeechEnd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.testkit.phone.PhoneCall.Ending;
import dev.revox.testkit.recognise.PhraseRecogniser;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.ClipVoice;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TestPhoneLoopbackIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final PhraseRecogniser CALLER = PhraseRecogniser.of(ClipSet.caller());
    private static final PhraseRecogniser AGENT = PhraseRecogniser.of(ClipSet.agent());

    private static InetSocketAddress at(TestPhone phone) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), phone.port());
    }

    private static TestPhone office() {
        return TestPhone.answering(0).voice(ClipVoice.of(ClipSet.agent())).script();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PCMU", "PCMA"})
    void two_telephones_talk_and_understand_each_other(String codec) {
        try (TestPhone home = TestPhone.answering(0)
                        .codecs(codec)
                        .ringFor(Duration.ofMillis(100))
                        .script(waitForSpeechEnd(), say("Yes this is Dana."), waitForHangUp(SOON));
                TestPhone office = office()) {
            PhoneCall out = office.call(
                    at(home), "+14155550132", "+14155550100", say("Hi Dana!"), waitForSpeechEnd(), hangUp());
            PhoneCall in = home.nextCall(SOON);

            assertThat(in.awaitEnd(SOON)).isEqualTo(Ending.REMOTE_HUNG_UP);
            assertThat(out.awaitEnd(SOON)).isEqualTo(Ending.HUNG_UP);
            assertThat(in.dialled()).isEqualTo("+14155550132");
            assertThat(in.caller()).isEqualTo("+14155550100");
            assertThat(in.problem()).isEmpty();
            assertThat(out.problem()).isEmpty();
            assertThat(AGENT.recognise(in.heard())).isEqualTo("Hi Dana!");
            assertThat(CALLER.recognise(out.heard())).isEqualTo("Yes this is Dana.");
            assertThat(in.counters().lost()).isZero();
            assertThat(in.counters().received()).isGreaterThan(100);
            assertThat(in.counters().sent()).isGreaterThan(100);
        }
    }

    @Test
    void a_word_whose_packets_get_lost_is_missing_at_the_other_side() {
        try (TestPhone home = TestPhone.answering(0)
                        .script(
                                say("Please call me back on Friday afternoon.").withoutWord("Friday"),
                                pause(Duration.ofMillis(100)),
                                hangUp());
                TestPhone office = office()) {
            PhoneCall out = office.call(at(home), "1", "2");

            assertThat(out.awaitEnd(SOON)).isEqualTo(Ending.REMOTE_HUNG_UP);
            assertThat(CALLER.recognise(out.heard())).isEqualTo("Please call me back on afternoon.");
            assertThat(out.counters().lost()).isBetween(10L, 30L);
            assertThat(home.calls().getFirst().counters().withheld())
                    .isEqualTo(out.counters().lost());
        }
    }

    @Test
    void an_interruption_comes_while_the_other_side_speaks() {
        try (TestPhone home =
                        TestPhone.answering(0).script(interruptAfter(Duration.ofMillis(800), "Okay."), pause(SOON));
                TestPhone office = office()) {
            PhoneCall out = office.call(
                    at(home),
                    "1",
                    "2",
                    say("The technician will arrive between eight and nine on Monday morning."),
                    hangUp());
            out.awaitEnd(SOON);
            home.calls().getFirst().awaitEnd(SOON);
            assertThat(CALLER.recognise(out.heard())).isEqualTo("Okay.");
            assertThat(home.calls().getFirst().problem())
                    .hasValueSatisfying(why -> assertThat(why).contains("step 2 of 2"));
        }
    }

    @Test
    void keys_are_pressed_once_each_and_heard_in_order() {
        try (TestPhone home = TestPhone.answering(0).script(press("1550*#"), pause(Duration.ofSeconds(3)), hangUp());
                TestPhone office = office()) {
            PhoneCall out = office.call(at(home), "1", "2");
            out.awaitEnd(SOON);
            assertThat(out.keysHeard()).isEqualTo("1550*#");
        }
    }

    @Test
    void a_refusal_reaches_the_caller() {
        try (TestPhone home =
                        TestPhone.answering(0).ringFor(Duration.ofMillis(50)).refuse(486);
                TestPhone office = office()) {
            PhoneCall out = office.call(at(home), "1", "2");
            assertThat(out.awaitEnd(SOON)).isEqualTo(Ending.REFUSED);
            assertThat(out.refusal()).hasValue(486);
        }
    }

    @Test
    void without_a_common_codec_the_offer_is_refused() {
        try (TestPhone home = TestPhone.answering(0).codecs("PCMA").script();
                TestPhone office = TestPhone.answering(0).codecs("PCMU").script()) {
            PhoneCall out = office.call(at(home), "1", "2");
            out.awaitEnd(SOON);
            assertThat(out.refusal()).hasValue(488);
        }
    }

    @Test
    void silence_of_the_other_side_ends_the_patience_and_the_call() {
        try (TestPhone home = TestPhone.answering(0)
                        .script(waitForSpeechEnd(Duration.ofMillis(500), Duration.ofMillis(700)));
                TestPhone office = office()) {
            PhoneCall out = office.call(at(home), "1", "2");
            assertThat(out.awaitEnd(SOON)).isEqualTo(Ending.REMOTE_HUNG_UP);
            assertThat(home.calls().getFirst().problem())
                    .hasValueSatisfying(why -> assertThat(why).contains("ran out of patience"));
        }
    }

    @Test
    void lost_packets_are_counted_and_the_words_survive() {
        try (TestPhone home = TestPhone.answering(0)
                        .losingEvery(20)
                        .script(say("Could you repeat that please?"), pause(Duration.ofMillis(100)), hangUp());
                TestPhone office = office()) {
            PhoneCall out = office.call(at(home), "1", "2");
            out.awaitEnd(SOON);
            assertThat(CALLER.recognise(out.heard())).isEqualTo("Could you repeat that please?");
            assertThat(out.counters().lost()).isGreaterThanOrEqualTo(2);
        }
    }
}
