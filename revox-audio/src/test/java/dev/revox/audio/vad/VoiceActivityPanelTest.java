package dev.revox.audio.vad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.revox.audio.onnx.ModelFile;
import dev.revox.audio.onnx.ModelSpec;
import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Speech;
import dev.revox.audio.speech.TinyNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judging windows of several streams together, on a network small enough to predict by hand. */
class VoiceActivityPanelTest {

    private static final int WINDOW = 256;
    private static final long MS = 1_000_000L;

    /** From so many streams on, windows wait for each other. */
    private static final int MANY = 24;

    @TempDir
    static Path cache;

    private VoiceActivityModel model;
    private VoiceActivityPanel panel;

    private static VoiceActivityModel tiny(byte[] bytes) {
        ModelFile file = new ModelFile(ModelSpec.SILERO_VAD, bytes, Optional.empty(), "this test");
        return VoiceActivity.silero(
                file, ModelStore.builder().cacheFolder(cache).build());
    }

    @BeforeEach
    void open() {
        model = tiny(TinyNetwork.bytes());
        panel = model.panel();
    }

    @AfterEach
    void close() {
        panel.close();
        model.close();
    }

    private List<Judge> judges(int count) {
        List<Judge> judges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            judges.add(new Judge(panel, 8000));
        }
        return judges;
    }

    /** A window whose loudest sample, its last one, is this share of full scale. */
    private static short[] window(double share) {
        short[] window = new short[WINDOW];
        window[WINDOW - 1] = (short) (share * 32768);
        return window;
    }

    @Test
    void each_window_goes_in_with_the_last_4_ms_before_it_and_the_state_is_handed_on() {
        Judge judge = new Judge(panel, 8000);

        judge.stream.submit(window(0.25), 0, 0);
        panel.judgeDue(0);
        assertThat(judge.latest()).isEqualTo(0.25f);

        // The loud sample is now context, and the state has kept its 0.25.
        judge.stream.submit(window(0), 0, 0);
        panel.judgeDue(0);
        assertThat(judge.latest()).isEqualTo(0.5f);
    }

    @Test
    void windows_at_16_khz_are_512_samples() {
        short[] two = new short[1024];
        two[800] = -16_384;

        assertThat(Judge.all(panel, 16_000, two)).containsExactly(0f, 0.5f);
    }

    @Test
    void a_window_of_few_streams_is_judged_in_the_same_tick() {
        List<Judge> judges = judges(MANY - 1);

        judges.get(3).stream.submit(window(0.5), 0, 0);
        panel.judgeDue(0);

        assertThat(judges.get(3).said()).containsExactly(0.5f);
    }

    @Test
    void windows_of_many_streams_wait_3_ms_for_each_other_and_each_gets_its_own_judgement() {
        List<Judge> judges = judges(MANY);

        for (int i = 0; i < 10; i++) {
            judges.get(i).stream.submit(window(i / 16.0), 0, i < 5 ? 0 : MS);
        }
        panel.judgeDue(2 * MS);
        assertThat(judges.get(4).said()).isEmpty();

        panel.judgeDue(3 * MS);
        for (int i = 0; i < 10; i++) {
            assertThat(judges.get(i).said()).containsExactly(i / 16f);
        }
        assertThat(judges.get(10).said()).isEmpty();
    }

    @Test
    void a_full_batch_does_not_wait() {
        List<Judge> judges = judges(MANY);

        judges.subList(0, 16).forEach(judge -> judge.stream.submit(window(0.5), 0, 0));

        assertThat(judges.subList(0, 16))
                .allSatisfy(judge -> assertThat(judge.said()).containsExactly(0.5f));
    }

    @Test
    void a_burst_of_one_stream_is_judged_in_its_order() {
        List<Judge> judges = judges(MANY);
        Judge burst = judges.getFirst();

        burst.stream.submit(window(0.125), 0, 0);
        burst.stream.submit(window(0), 0, 0);
        panel.judgeDue(3 * MS);

        assertThat(burst.said()).containsExactly(0.125f, 0.25f);
    }

    @Test
    void a_stream_that_ends_gets_no_judgement_and_the_others_get_theirs() {
        List<Judge> judges = judges(MANY);

        judges.get(0).stream.submit(window(0.5), 0, 0);
        judges.get(1).stream.submit(window(0.25), 0, 0);
        judges.get(0).close();
        judges.get(0).close();
        panel.judgeDue(3 * MS);

        assertThat(judges.get(0).said()).isEmpty();
        assertThat(judges.get(1).said()).containsExactly(0.25f);
    }

    @Test
    void a_silent_line_is_not_judged_and_what_was_passed_over_is_made_up_for() {
        Judge judge = new Judge(panel, 8000);
        for (int i = 0; i < 100; i++) {
            judge.stream.submit(window(0), 0, 0);
            panel.judgeDue(0);
        }
        assertThat(judge.said()).hasSize(100).containsOnly(0f);

        judge.stream.submit(window(0.5), 0, 0);
        panel.judgeDue(0);

        assertThat(judge.latest()).isEqualTo(0.5f);
    }

    @Test
    void a_network_of_another_signature_is_found_out_when_it_is_loaded() {
        assertThatThrownBy(() -> tiny(TinyNetwork.bytes("verdict"))).hasMessageContaining("verdict");
    }

    @Test
    void a_rate_that_no_network_knows_is_refused() {
        assertThatThrownBy(() -> panel.open(48_000, (probability, nowNanos) -> {}))
                .hasMessageContaining("sampleRateHz");
    }

    @Test
    void our_own_code_allocates_nothing_per_window_and_onnx_runtime_is_reported() {
        short[] noise = Speech.noise(WINDOW, 1000, 1);
        float[] sum = new float[1];
        VoiceActivityPanel.Stream stream = panel.open(8000, (probability, nowNanos) -> sum[0] += probability);
        long bytes = Allocation.ofRounds(2000, () -> {
                    stream.submit(noise, 0, 0);
                    panel.judgeDue(0);
                })
                / 2000;
        System.out.printf("VAD: ONNX Runtime allocates %d bytes per run%n", bytes);
        assertThat(bytes).isLessThan(1024);
        assertThat(sum[0]).isGreaterThan(0);

        VoiceActivityPanel.Stream silent = panel.open(8000, (probability, nowNanos) -> sum[0] += probability);
        short[] silence = new short[WINDOW];
        assertThat(Allocation.ofRounds(2000, () -> silent.submit(silence, 0, 0)) / 2000)
                .isZero();
    }

    @Test
    void the_energy_rule_judges_at_once() {
        try (VoiceActivityPanel energy = VoiceActivity.energy("test").panel()) {
            short[] loud = Speech.noise(WINDOW, 8000, 1);
            assertThat(Judge.all(energy, 8000, loud)[0]).isCloseTo(1f, within(0.01f));
        }
    }
}
