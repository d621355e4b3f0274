package dev.revox.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.revox.examples.demo.DemoCall;
import dev.revox.examples.demo.DemoSettings;
import dev.revox.testkit.phone.PhoneCall;
import dev.revox.testkit.phone.Step;
import dev.revox.testkit.phone.TestPhone;
import dev.revox.testkit.recognise.PhraseRecogniser;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.Sound;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 150, unit = TimeUnit.SECONDS)
class DemoLoopbackIT {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_demo_completes_a_call_with_three_turns_and_a_barge_in() {
        boolean completed = DemoCall.run(DemoSettings.read(new String[] {"call"}, Map.of()), out);

        assertThat(completed).as(text()).isTrue();
        assertThat(text())
                .contains(
                        "caller  Yes this is Dana.",
                        "caller  Sorry can we make it eleven instead?",
                        "caller  Is there any parking near the clinic?",
                        "[interrupted here]",
                        "tool    end_call",
                        "order    completed",
                        "simulated:",
                        "Revox added: median",
                        "From build() to the first INVITE:")
                .doesNotContain("script was not followed");

        Path recording = fileNamed("stereo recording");
        String caller = PhraseRecogniser.of(ClipSet.caller()).recognise(Sound.read(recording, 0));
        String agent = PhraseRecogniser.of(ClipSet.agent()).recognise(Sound.read(recording, 1));
        assertThat(caller)
                .isEqualTo(
                        "Yes this is Dana. Sorry can we make it eleven instead? Is there any parking near the clinic?"
                                + " No that is all thank you goodbye.");
        assertThat(agent)
                .startsWith("Hi Dana! This is Ada from the Riverside Clinic. Wonderful.")
                .contains("Please bring your insurance card")
                .doesNotContain("forms together")
                .endsWith("See you tomorrow, goodbye!");
        assertThat(fileNamed("the call's JSON")).content().contains("\"completed\"");
    }

    @Test
    void with_the_model_present_silero_is_what_listened() {
        String models = System.getenv("REVOX_MODELS");
        assumeTrue(models != null, "REVOX_MODELS names no folder with silero_vad.onnx");
        Path model = Path.of(models, "silero_vad.onnx");
        assumeTrue(Files.exists(model), "no silero_vad.onnx in REVOX_MODELS");

        listenTo(Step.waitForSpeechEnd(), Step.hangUp());

        assertThat(text()).contains("model file: " + model.toAbsolutePath(), "voice activity: silero\n");
    }

    @Test
    void a_telephone_that_calls_is_answered_and_understood() {
        PhoneCall call = listenTo(
                Step.waitForSpeechEnd(),
                Step.say("Is there any parking near the clinic?"),
                Step.waitForSpeechEnd(),
                Step.hangUp());

        assertThat(call.problem()).isEmpty();
        assertThat(text()).contains("a call comes in", "caller  Is there any parking near the clinic?");
        assertThat(PhraseRecogniser.of(ClipSet.agent()).recognise(call.heard()))
                .isEqualTo("Hello! How can I help you? Yes, you can park for free behind the building."
                        + " Anything else I can do for you?");
    }

    private PhoneCall listenTo(Step... script) {
        int port = freePort();
        DemoSettings settings =
                DemoSettings.read(new String[] {"--listen"}, Map.of("REVOX_LISTEN_PORT", String.valueOf(port)));
        CompletableFuture<Boolean> demo = CompletableFuture.supplyAsync(() -> DemoCall.run(settings, out));
        try (TestPhone phone = TestPhone.answering(0).script()) {
            PhoneCall call = phone.call(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), "ada", "+14155550132", script);
            call.awaitEnd(Duration.ofSeconds(60));
            assertThat(demo).as("%s %s", call.problem(), text()).succeedsWithin(Duration.ofSeconds(60));
            assertThat(demo).as(text()).isCompletedWithValue(true);
            return call;
        }
    }

    private Path fileNamed(String what) {
        Matcher line = Pattern.compile(Pattern.quote(what) + " +(\\S+)").matcher(text());
        assertThat(line.find()).as(text()).isTrue();
        return Path.of(line.group(1));
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (SocketException e) {
            throw new IllegalStateException("no free UDP port", e);
        }
    }
}
