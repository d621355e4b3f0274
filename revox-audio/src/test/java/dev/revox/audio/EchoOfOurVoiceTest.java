package dev.revox.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.speech.Babble;
import dev.revox.audio.speech.Speech;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.line.LegEvent;
import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a leg's ear hears of its own mouth: recorded speech and Silero where they are installed, else made-up speech and energy. */
class EchoOfOurVoiceTest {

    private static final short[] AGENT = speech(0, 1, 14);
    private static final short[] CALLER = speech(100, 2, 14);

    private static short[] speech(int second, int seed, int seconds) {
        if (!Files.exists(Path.of(Speech.setting("REVOX_TESTDATA"), "audio", "speech-8k.wav"))) {
            return Babble.say(seed, seconds);
        }
        short[] all = Speech.recorded("speech-8k.wav").samples()[0];
        return Arrays.copyOfRange(all, second * 8000, (second + seconds) * 8000);
    }

    private static VoiceActivityModel detector() {
        return Speech.setting("REVOX_MODELS").isEmpty()
                ? VoiceActivity.energy("test")
                : VoiceActivity.best(ModelStore.usual());
    }

    /** Two utterances of the agent with a pause between them. */
    private static void agentSpeaks(EchoingTelephone telephone) {
        telephone.run(600);
        telephone.agentSays(1, Arrays.copyOf(AGENT, 6 * 8000));
        telephone.run(7000);
        telephone.agentSays(2, Arrays.copyOfRange(AGENT, 6 * 8000, 12 * 8000));
        telephone.run(7000);
    }

    static Stream<UnaryOperator<EchoingTelephone>> echoes() {
        return Stream.of(
                telephone -> telephone.echo(20, 120),
                telephone -> telephone.echo(26, 24.5),
                telephone -> telephone.echo(12, 300),
                telephone -> telephone.echo(20, 60.3).muffled(),
                telephone -> telephone.echo(20, 160).noise(20),
                telephone -> telephone.echo(20, 160).losing(3));
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void an_echo_of_the_agent_is_nobody(UnaryOperator<EchoingTelephone> echo) {
        EchoingTelephone telephone = echo.apply(new EchoingTelephone(new LegBench(detector())));

        agentSpeaks(telephone);

        assertThat(telephone.count(LegEvent.SpeechStarted.class)).isZero();
        assertThat(telephone.bench.ear.echo().suppressedMs()).isGreaterThan(4000);
    }

    @Test
    void an_echo_whose_delay_changes_between_two_sentences_is_nobody() {
        EchoingTelephone telephone = new EchoingTelephone(new LegBench(detector())).echo(20, 120);
        telephone.run(600);
        telephone.agentSays(1, Arrays.copyOf(AGENT, 4 * 8000));
        telephone.run(5000);
        telephone.echo(20, 187);
        telephone.agentSays(2, Arrays.copyOfRange(AGENT, 4 * 8000, 8 * 8000));
        telephone.run(5000);

        assertThat(telephone.count(LegEvent.SpeechStarted.class)).isZero();
    }

    @Test
    void without_suppression_the_same_echo_is_somebody() {
        EchoingTelephone telephone = new EchoingTelephone(new LegBench(detector(), false)).echo(20, 120);

        agentSpeaks(telephone);

        assertThat(telephone.count(LegEvent.SpeechStarted.class)).isGreaterThan(2);
    }

    @Test
    void a_reader_hears_the_caller_and_not_the_agent() {
        LegBench bench = new LegBench(detector());
        EchoingTelephone telephone = new EchoingTelephone(bench).echo(20, 120);
        Ear ear = bench.ear.openEar();
        telephone.run(600);
        telephone.agentSays(1, Arrays.copyOf(AGENT, 8 * 8000));
        telephone.run(3000);
        double echoHeard = loudest(ear);
        telephone.speak(Arrays.copyOf(CALLER, 2 * 8000));
        telephone.run(2000);
        double callerHeard = loudest(ear);

        assertThat(callerHeard).isGreaterThan(1000);
        // The first two frames of the first echo are not known for one yet.
        assertThat(echoHeard).isLessThan(callerHeard / 10);
    }

    /** The loudest 100 ms. */
    private static double loudest(Ear ear) {
        short[] pcm = new short[100 * 8000];
        EarFrame frame = new EarFrame();
        int samples = 0;
        for (int read = ear.read(pcm, 0, frame); read > 0; read = ear.read(pcm, samples, frame)) {
            samples += read;
        }
        double most = 0;
        for (int at = 0; at + 800 <= samples; at += 800) {
            most = Math.max(most, Speech.rms(pcm, at, at + 800));
        }
        return most;
    }

    /** How much later speech is noticed because there is an echo, in ms, for callers so far above it. */
    private static List<Long> laterMs(double aboveEchoDb) {
        List<Long> later = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long without = noticedMs(i, aboveEchoDb, 200);
            long with = noticedMs(i, aboveEchoDb, 20);
            assertThat(without).isPositive();
            assertThat(with).isPositive();
            later.add(with - without);
        }
        Collections.sort(later);
        return later;
    }

    private static long noticedMs(int run, double aboveEchoDb, double lossDb) {
        EchoingTelephone telephone = new EchoingTelephone(new LegBench(detector())).echo(lossDb, 120);
        telephone.run(500);
        telephone.agentSays(1, Arrays.copyOfRange(AGENT, run * 8000, (run + 6) * 8000));
        telephone.run(1600);
        double gain = Math.pow(10, (aboveEchoDb - 20) / 20);
        short[] caller = Arrays.copyOfRange(CALLER, run * 16_000, run * 16_000 + 16_000);
        for (int i = 0; i < caller.length; i++) {
            caller[i] = (short) (caller[i] * gain);
        }
        long fromNanos = telephone.bench.time.nanoTime();
        telephone.speak(caller);
        telephone.run(2000);
        return telephone.bench.events.stream()
                .filter(LegEvent.SpeechStarted.class::isInstance)
                .mapToLong(event -> (event.atNanos() - fromNanos) / 1_000_000)
                .filter(ms -> ms >= 0)
                .findFirst()
                .orElse(-1);
    }

    @Test
    void a_caller_over_the_echo_is_noticed_as_soon_as_without_it() {
        List<Long> loud = laterMs(20);
        List<Long> soft = laterMs(10);

        assertThat(loud.get(2)).isLessThanOrEqualTo(0);
        assertThat(loud.getLast()).isLessThanOrEqualTo(40);
        assertThat(soft.get(2)).isLessThanOrEqualTo(20);
        assertThat(soft.getLast()).isLessThanOrEqualTo(80);
    }
}
