package dev.revox.audio.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.revox.audio.resample.Resampler;
import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Babble;
import dev.revox.audio.speech.Speech;
import dev.revox.line.MediaReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded speech where it is installed, else made up. */
class EchoSuppressorTest {

    private static final int FRAME = EchoingLine.FRAME;
    private static final int SECONDS = 16;
    private static final double AUDIBLE_RMS = 60;
    private static final short[] NOBODY = new short[0];
    private static final short[] AGENT = speech(0, 1);
    private static final short[] CALLER = speech(90, 2);

    private static short[] speech(int second, int seed) {
        Path recorded = Path.of(Speech.setting("REVOX_TESTDATA"), "audio", "speech-8k.wav");
        if (!Files.exists(recorded)) {
            return Babble.say(seed, SECONDS);
        }
        short[] all = Speech.recorded("speech-8k.wav").samples()[0];
        return Arrays.copyOfRange(all, second * 8000, (second + SECONDS) * 8000);
    }

    /** What the suppressor made of a line: the verdict on each frame, and what is heard of it. */
    private static final class Listened {
        final EchoSuppressor suppressor = new EchoSuppressor();
        final short[] line;
        final short[] heard;
        final Heard[] verdicts;

        Listened(short[] sent, short[] line) {
            this(sent, line, FRAME);
        }

        Listened(short[] sent, short[] line, int piece) {
            this.line = line;
            heard = new short[line.length];
            verdicts = new Heard[line.length / FRAME];
            Arrays.fill(verdicts, Heard.VOICE);
            for (int at = 0; at + FRAME <= line.length; at += FRAME) {
                suppressor.sent(Arrays.copyOfRange(sent, at, at + FRAME), FRAME, 8000);
                for (int from = at; from < at + FRAME; from += piece) {
                    Heard verdict = suppressor.judge(line, from, piece, 8000, 4711 + from, false);
                    short[] source = verdict == Heard.VOICE ? line : suppressor.instead();
                    System.arraycopy(source, verdict == Heard.VOICE ? from : 0, heard, from, piece);
                    verdicts[at / FRAME] = verdict;
                }
            }
        }

        /** The share of frames with a loud echo that is not there any more. */
        double removed(double[] echo) {
            int loud = 0;
            int gone = 0;
            for (int frame = 0; frame < verdicts.length; frame++) {
                double before = rms(echo, frame);
                if (before > AUDIBLE_RMS) {
                    loud++;
                    gone += Speech.rms(heard, frame * FRAME, (frame + 1) * FRAME) < before / 3 ? 1 : 0;
                }
            }
            assertThat(loud).isGreaterThan(100);
            return (double) gone / loud;
        }

        /** Frames with a loud echo before the first that was known for one. */
        int framesUntilKnown(double[] echo) {
            int loud = 0;
            for (int frame = 0; frame < verdicts.length && verdicts[frame] != Heard.ECHO; frame++) {
                loud += rms(echo, frame) > AUDIBLE_RMS ? 1 : 0;
            }
            return loud;
        }

        int count(Heard verdict) {
            return (int) Arrays.stream(verdicts).filter(verdict::equals).count();
        }
    }

    private static double rms(double[] pcm, int frame) {
        double sum = 0;
        for (int i = frame * FRAME; i < (frame + 1) * FRAME; i++) {
            sum += pcm[i] * pcm[i];
        }
        return Math.sqrt(sum / FRAME);
    }

    @ParameterizedTest
    @CsvSource({"20, 20", "20, 61.3", "20, 120", "20, 300", "26, 100.5", "12, 180.06", "32, 40"})
    void an_echo_is_known_within_a_few_frames_and_taken_out(double lossDb, double delayMs) {
        EchoingLine line = EchoingLine.of(AGENT).weaker(lossDb).later(delayMs);

        Listened listened = new Listened(AGENT, line.with(NOBODY));

        assertThat(listened.framesUntilKnown(line.echo())).isLessThanOrEqualTo(4);
        assertThat(listened.removed(line.echo())).isGreaterThan(0.97);
        MediaReport.Echo report = listened.suppressor.report();
        assertThat(report.returnLossDb()).isCloseTo(lossDb, within(1.0));
        assertThat((double) report.delayMs()).isCloseTo(delayMs, within(2.0));
        assertThat(report.suppressedMs()).isEqualTo(20L * listened.count(Heard.ECHO));
    }

    @Test
    void a_muffled_echo_a_small_room_and_a_noisy_line_change_little() {
        EchoingLine muffled = EchoingLine.of(AGENT).weaker(20).later(130).muffled();
        EchoingLine roomy = EchoingLine.of(AGENT).weaker(20).later(130).roomy();
        EchoingLine noisy = EchoingLine.of(AGENT).weaker(14).later(130).noise(30);

        assertThat(new Listened(AGENT, muffled.with(NOBODY)).removed(muffled.echo()))
                .isGreaterThan(0.98);
        assertThat(new Listened(AGENT, roomy.with(NOBODY)).removed(roomy.echo()))
                .isGreaterThan(0.9);
        assertThat(new Listened(AGENT, noisy.with(NOBODY)).count(Heard.ECHO)).isGreaterThan(200);
    }

    @Test
    void lost_packets_a_drifting_clock_and_a_delay_that_jumps_are_followed() {
        EchoingLine lossy = EchoingLine.of(AGENT).weaker(20).losing(3).later(120);
        EchoingLine drifting = EchoingLine.of(AGENT).weaker(20).later(120, 100);
        EchoingLine jumping = EchoingLine.of(AGENT)
                .weaker(20)
                .laterFrom(0, 90)
                .laterFrom(7, 37.3)
                .laterFrom(14, -50);

        assertThat(new Listened(AGENT, lossy.with(NOBODY)).removed(lossy.echo()))
                .isGreaterThan(0.93);
        assertThat(new Listened(AGENT, drifting.with(NOBODY)).removed(drifting.echo()))
                .isGreaterThan(0.95);
        assertThat(new Listened(AGENT, jumping.with(NOBODY)).removed(jumping.echo()))
                .isGreaterThan(0.97);
    }

    @Test
    void nobody_is_taken_for_an_echo_on_a_line_that_has_none() {
        int frames = 0;
        int wrong = 0;
        for (int turn = 0; turn < 5; turn++) {
            short[] agent = turned(AGENT, turn * 27_043);
            // The last ones speak with the agent's own voice.
            short[] caller = turn < 3 ? turned(CALLER, turn * 31_013) : turned(AGENT, 52_000 + turn * 12_345);

            Listened listened =
                    new Listened(agent, EchoingLine.of(agent).silent().with(caller));

            frames += listened.verdicts.length;
            for (int frame = 0; frame < listened.verdicts.length; frame++) {
                boolean loud = Speech.rms(caller, frame * FRAME, (frame + 1) * FRAME) > AUDIBLE_RMS;
                wrong += loud && listened.verdicts[frame] != Heard.VOICE ? 1 : 0;
            }
        }
        assertThat(frames).isEqualTo(4000);
        assertThat(wrong).isLessThanOrEqualTo(frames / 500);
    }

    @Test
    void while_we_are_silent_everything_is_heard_as_it_is() {
        short[] silence = new short[CALLER.length];

        Listened listened = new Listened(silence, EchoingLine.of(silence).with(CALLER));

        assertThat(listened.heard).isEqualTo(listened.line);
        assertThat(listened.suppressor.report()).isEqualTo(MediaReport.Echo.NONE);
    }

    @Test
    void what_comes_back_as_loud_as_it_was_sent_is_somebody() {
        EchoingLine line = EchoingLine.of(AGENT).weaker(1).later(120);

        assertThat(new Listened(AGENT, line.with(NOBODY)).count(Heard.ECHO)).isLessThan(10);
    }

    /** Of the caller's loud frames so many are heard, and the echo beneath them is weaker than it was. */
    @ParameterizedTest
    @CsvSource({"20, 1.0", "10, 0.97", "0, 0.85"})
    void a_caller_who_speaks_over_the_echo_is_heard(double aboveEchoDb, double leastHeard) {
        EchoingLine line = EchoingLine.of(AGENT).weaker(20).later(120);
        double gain = Math.pow(10, aboveEchoDb / 20)
                * Math.sqrt(
                        Arrays.stream(line.echo()).map(value -> value * value).sum())
                / (Speech.rms(CALLER, 0, CALLER.length) * Math.sqrt(CALLER.length));
        short[] caller = new short[CALLER.length];
        for (int i = 0; i < caller.length; i++) {
            boolean speaks = i / 8000 % 4 >= 2;
            caller[i] = speaks ? (short) Math.max(-32_000, Math.min(32_000, CALLER[i] * gain)) : 0;
        }
        double usual = Speech.rms(caller, 0, caller.length);

        Listened listened = new Listened(AGENT, line.with(caller));

        int loud = 0;
        int kept = 0;
        double voice = 0;
        double left = 0;
        double echo = 0;
        for (int frame = 0; frame < listened.verdicts.length; frame++) {
            if (Speech.rms(caller, frame * FRAME, (frame + 1) * FRAME) > usual / 2) {
                loud++;
                kept += listened.verdicts[frame] == Heard.ECHO ? 0 : 1;
                for (int i = frame * FRAME; i < (frame + 1) * FRAME; i++) {
                    voice += (double) caller[i] * caller[i];
                    left += Math.pow(listened.heard[i] - caller[i], 2);
                    echo += line.echo()[i] * line.echo()[i];
                }
            }
        }
        assertThat(loud).isGreaterThan(100);
        assertThat((double) kept / loud).isGreaterThanOrEqualTo(leastHeard);
        assertThat(left).isLessThan(aboveEchoDb < 15 ? echo : voice / 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {16_000, 48_000})
    void a_wide_line_has_its_echo_taken_out_too(int rateHz) {
        EchoingLine line = EchoingLine.of(AGENT).weaker(20).later(150);
        short[] sent = wide(AGENT, rateHz);
        short[] in = wide(line.with(NOBODY), rateHz);
        int frame = rateHz / 50;
        EchoSuppressor suppressor = new EchoSuppressor();
        int echoes = 0;
        int loud = 0;
        for (int at = 0; at + frame <= sent.length; at += frame) {
            suppressor.sent(Arrays.copyOfRange(sent, at, at + frame), frame, rateHz);
            boolean echo = suppressor.judge(in, at, frame, rateHz, at, false) == Heard.ECHO;
            boolean audible = Speech.rms(in, at, at + frame) > AUDIBLE_RMS;
            loud += audible ? 1 : 0;
            echoes += audible && echo ? 1 : 0;
        }
        assertThat((double) echoes / loud).isGreaterThan(0.95);
        assertThat(suppressor.report().returnLossDb()).isCloseTo(20, within(1.5));
    }

    private static short[] wide(short[] pcm, int rateHz) {
        Resampler up = new Resampler(8000, rateHz, FRAME);
        short[] out = new short[up.maxOut(pcm.length)];
        return Arrays.copyOf(out, up.process(pcm, 0, pcm.length, out, 0));
    }

    @Test
    void packets_of_ten_milliseconds_are_enough() {
        EchoingLine line = EchoingLine.of(AGENT).weaker(20).later(100);

        assertThat(new Listened(AGENT, line.with(NOBODY), FRAME / 2).removed(line.echo()))
                .isGreaterThan(0.97);
    }

    @Test
    void sound_that_was_made_up_counts_as_what_was_before_it() {
        EchoingLine line = EchoingLine.of(AGENT).weaker(20).later(100);
        short[] in = line.with(NOBODY);
        EchoSuppressor suppressor = new EchoSuppressor();
        Heard before = Heard.VOICE;
        int madeUp = 0;
        for (int at = 0; at + FRAME <= in.length; at += FRAME) {
            suppressor.sent(Arrays.copyOfRange(AGENT, at, at + FRAME), FRAME, 8000);
            boolean lost = at / FRAME % 10 == 9;
            Heard verdict = suppressor.judge(lost ? CALLER : in, at, FRAME, 8000, at, lost);
            if (lost && before == Heard.ECHO) {
                assertThat(verdict).isEqualTo(Heard.ECHO);
                madeUp++;
            }
            before = verdict;
        }
        assertThat(madeUp).isGreaterThan(20);
    }

    @Test
    void ten_thousand_frames_allocate_nothing() {
        EchoingLine line = EchoingLine.of(AGENT).weaker(20).later(120);
        short[] caller = new short[CALLER.length];
        System.arraycopy(CALLER, 0, caller, CALLER.length / 2, CALLER.length / 2);
        short[] in = line.with(caller);
        short[] frame = new short[FRAME];
        EchoSuppressor suppressor = new EchoSuppressor();
        int[] round = {0};

        long bytes = Allocation.ofRounds(10_000, () -> {
            int at = round[0]++ % (in.length / FRAME) * FRAME;
            System.arraycopy(AGENT, at, frame, 0, FRAME);
            suppressor.sent(frame, FRAME, 8000);
            Heard unused = suppressor.judge(in, at, FRAME, 8000, (long) round[0] * FRAME, false);
        });

        assertThat(bytes).isZero();
        assertThat(suppressor.report().suppressedMs()).isPositive();
    }

    private static short[] turned(short[] pcm, int by) {
        short[] out = new short[pcm.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = pcm[(i + by) % pcm.length];
        }
        return out;
    }
}
