package dev.revox.audio.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.revox.RevoxException;
import dev.revox.audio.speech.TinyNetwork;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SmartTurnTest {

    @TempDir
    Path folder;

    private final List<SmartTurn> loaded = new ArrayList<>();

    @AfterEach
    void close() {
        loaded.forEach(SmartTurn::close);
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private SmartTurn load(byte[] bytes) throws IOException, NoSuchAlgorithmException {
        Path file = folder.resolve("turn.onnx");
        Files.write(file, bytes);
        SmartTurn model = SmartTurn.load(file, sha256(bytes));
        loaded.add(model);
        return model;
    }

    /** What a question got, as text for what went wrong. */
    private static final class Told implements EndOfTurnModel.Verdict {
        final CompletableFuture<Object> answer = new CompletableFuture<>();

        @Override
        public void judged(float completeProbability) {
            answer.complete(completeProbability);
        }

        @Override
        public void failed(String why) {
            answer.complete(why);
        }
    }

    private static float ask(SmartTurn model, short[] sound, int rateHz)
            throws ExecutionException, InterruptedException {
        Told told = new Told();
        var unused = model.ask(sound, rateHz, told);
        return (Float) told.answer.get();
    }

    private static short[] noise(int samples, int amplitude, long seed) {
        Random random = new Random(seed);
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) (random.nextGaussian() * amplitude);
        }
        return pcm;
    }

    /** What the tiny network gives: the sigmoid of the greatest feature. */
    private static float expected(short[] wideband) {
        FloatBuffer features = FloatBuffer.allocate(LogMel.BANDS * LogMel.FRAMES);
        new LogMel().write(wideband, wideband.length, features);
        double greatest = IntStream.range(0, features.capacity())
                .mapToDouble(features::get)
                .max()
                .orElseThrow();
        return (float) (1 / (1 + Math.exp(-greatest)));
    }

    @Test
    void silence_has_the_probability_that_follows_from_its_features() throws Exception {
        SmartTurn model = load(TinyNetwork.turn(80, "input_features", true));

        // log10(1e-10) is -10, plus 4 over 4 is -1.5.
        assertThat(ask(model, new short[16_000], 16_000)).isEqualTo((float) (1 / (1 + Math.exp(1.5))), within(1e-6f));
    }

    @Test
    void every_question_gets_the_answer_to_its_own_sound() throws Exception {
        SmartTurn model = load(TinyNetwork.turn(80, "input_features", true));
        for (int seed = 1; seed <= 5; seed++) {
            short[] sound = noise(seed * 9_000, 200 * seed, seed);

            assertThat(ask(model, sound.clone(), 16_000)).isEqualTo(expected(sound), within(1e-5f));
        }
    }

    @Test
    void narrowband_sound_is_converted() throws Exception {
        SmartTurn model = load(TinyNetwork.turn(80, "input_features", true));
        short[] narrow = new short[8_000];
        short[] wide = new short[16_000];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = (short) Math.rint(5000 * Math.sin(2 * Math.PI * 500 * i / 16_000.0));
        }
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (short) Math.rint(5000 * Math.sin(2 * Math.PI * 500 * i / 8_000.0));
        }

        assertThat(ask(model, narrow, 8_000)).isEqualTo(expected(wide), within(2e-3f));
    }

    @Test
    void longer_sound_than_eight_seconds_at_any_rate_is_taken() throws Exception {
        SmartTurn model = load(TinyNetwork.turn(80, "input_features", true));

        assertThat(ask(model, noise(11 * 8_000, 500, 1), 8_000)).isBetween(0f, 1f);
        assertThat(ask(model, noise(11 * 48_000, 500, 1), 48_000)).isBetween(0f, 1f);
    }

    @Test
    void a_rate_that_nobody_can_convert_fails_its_question_and_no_other() throws Exception {
        SmartTurn model = load(TinyNetwork.turn(80, "input_features", true));
        Told told = new Told();
        var unused = model.ask(new short[100], 11_025, told);

        assertThat(told.answer.get()).asString().contains("11025");
        assertThat(ask(model, new short[100], 16_000)).isBetween(0f, 1f);
    }

    @Test
    void what_is_no_probability_is_a_failure_and_no_verdict() throws Exception {
        // The exponential of a silent window's features is less than 1, that of a loud one's is more.
        SmartTurn model = load(TinyNetwork.turn(80, "input_features", false));
        Told told = new Told();
        var unused = model.ask(noise(20_000, 2_000, 3), 16_000, told);

        assertThat(told.answer.get()).asString().contains("'logits' must be a probability");
    }

    @Test
    void x16_a_file_with_another_hash_is_refused() throws Exception {
        byte[] bytes = TinyNetwork.turn(80, "input_features", true);
        Path file = folder.resolve("other.onnx");
        Files.write(file, bytes);

        assertThatThrownBy(() -> SmartTurn.load(file, "0".repeat(64)))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("other.onnx")
                .hasMessageContaining(sha256(bytes));
    }

    @Test
    void a_file_that_is_not_there_is_named_with_what_it_should_be() {
        assertThatThrownBy(() -> SmartTurn.load(folder.resolve("gone.onnx"), "0".repeat(64)))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("gone.onnx")
                .hasMessageContaining("'input_features' of [batch, 80, 800]")
                .hasMessageContaining("'logits'");
    }

    @Test
    void a_network_with_other_names_is_refused_with_both() {
        assertThatThrownBy(() -> load(TinyNetwork.turn(80, "audio", true)))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("turn.onnx")
                .hasMessageContaining("audio")
                .hasMessageContaining("'input_features' of [batch, 80, 800]");
    }

    @Test
    void a_network_of_another_shape_is_refused() {
        assertThatThrownBy(() -> load(TinyNetwork.turn(128, "input_features", true)))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("[batch, 80, 800]");
    }

    @Test
    void a_closed_model_fails_questions_at_once() throws Exception {
        SmartTurn model = load(TinyNetwork.turn(80, "input_features", true));
        model.close();
        Told told = new Told();
        var unused = model.ask(new short[10], 16_000, told);

        assertThat(told.answer.getNow("nothing")).asString().contains("closed");
    }

    @Test
    void the_newest_question_is_taken_first_withdrawn_ones_never_and_too_many_fail_the_oldest() throws Exception {
        QuestionQueue queue = new QuestionQueue(3);
        Told[] told = IntStream.range(0, 5).mapToObj(i -> new Told()).toArray(Told[]::new);
        EndOfTurnModel.Question[] asked = new EndOfTurnModel.Question[5];
        for (int i = 0; i < 4; i++) {
            asked[i] = queue.ask(new short[i], 8000, told[i]);
        }
        assertThat(told[0].answer.getNow("nothing")).asString().contains("too many");
        asked[3].withdraw();
        asked[4] = queue.ask(new short[4], 8000, told[4]);

        assertThat(queue.take().orElseThrow().sound()).hasSize(4);
        assertThat(queue.take().orElseThrow().sound()).hasSize(2);
        asked[1].withdraw();
        queue.close();
        assertThat(queue.take()).isEmpty();
        assertThat(Arrays.stream(told).skip(1).map(one -> one.answer.isDone())).containsOnly(false);
    }
}
