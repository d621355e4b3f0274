package dev.revox.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Speech;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class G722Test {

    private static final int RATE = 16_000;
    private static final int FRAME = 320;
    /** Both mirror filters together; ITU-T G.722 table 11 has 24 taps. */
    private static final int DELAY = 22;

    private static short[] through(short[] sound) {
        FrameEncoder encoder = Codecs.encoder("g722");
        FrameDecoder decoder = Codecs.decoder("G722");
        short[] heard = new short[sound.length];
        byte[] packet = new byte[FRAME / 2];
        for (int at = 0; at + FRAME <= sound.length; at += FRAME) {
            assertThat(encoder.encode(sound, at, FRAME, packet, 0)).isEqualTo(160);
            assertThat(decoder.decode(packet, 0, packet.length, heard, at)).isEqualTo(FRAME);
        }
        return heard;
    }

    private static double signalToNoiseDb(short[] sound, short[] heard) {
        double signal = 0;
        double noise = 0;
        for (int i = 2000; i < sound.length - DELAY; i++) {
            signal += (double) sound[i] * sound[i];
            noise += Math.pow(heard[i + DELAY] - sound[i], 2);
        }
        return 10 * Math.log10(signal / noise);
    }

    @ParameterizedTest
    @CsvSource({"300, 30", "1000, 30", "2500, 30", "6000, 15"})
    void r07_a_tone_of_either_band_comes_back_in_time_and_in_shape(double hz, double leastDb) {
        short[] tone = Speech.sine(RATE, 50 * FRAME, hz, 8000);

        assertThat(signalToNoiseDb(tone, through(tone))).isGreaterThan(leastDb);
    }

    @Test
    void r07_a_buzz_with_all_its_harmonics_comes_back_in_time_and_in_shape() {
        short[] voice = Speech.vowel(RATE, 100 * FRAME, 140, 6000);

        assertThat(signalToNoiseDb(voice, through(voice))).isGreaterThan(15);
    }

    @Test
    void r07_the_rtp_clock_is_8000_although_the_sound_is_at_16_khz() {
        FrameDecoder decoder = Codecs.decoder("G722");
        assertThat(decoder.clockRateHz()).isEqualTo(8000);
        assertThat(decoder.sampleRateHz()).isEqualTo(16_000);
        assertThat(decoder.ticks(new byte[160], 0, 160)).isEqualTo(160);
        assertThat(Codecs.encoder("G722").clockRateHz()).isEqualTo(8000);
    }

    @Test
    void silence_stays_silent() {
        short[] heard = through(new short[50 * FRAME]);

        assertThat(Speech.rms(heard, FRAME, heard.length)).isLessThan(4);
    }

    @Test
    void full_scale_is_clipped_and_never_wraps() {
        short[] loud = Speech.sine(RATE, 50 * FRAME, 440, 32_767);
        short[] heard = through(loud);

        assertThat(signalToNoiseDb(loud, heard)).isGreaterThan(20);
    }

    @Test
    void any_bytes_are_sound() {
        FrameDecoder decoder = Codecs.decoder("G722");
        byte[] packet = new byte[960];
        short[] out = new short[1920];
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            random.nextBytes(packet);
            int length = 1 + random.nextInt(packet.length);
            assertThat(decoder.decode(packet, 0, length, out, 0)).isEqualTo(2 * length);
        }
        assertThat(decoder.decode(packet, 0, 0, out, 0)).isEqualTo(-1);
        assertThat(decoder.decode(packet, 900, 100, out, 0)).isEqualTo(-1);
        assertThat(decoder.decode(new byte[961], 0, 961, new short[4000], 0)).isEqualTo(-1);
        assertThat(decoder.malformedPackets()).isEqualTo(3);
    }

    @Test
    void r06_a_lost_frame_of_a_steady_voice_is_continued() {
        short[] voice = Speech.vowel(RATE, 20 * FRAME, 125, 4000);
        FrameEncoder encoder = Codecs.encoder("g722");
        FrameDecoder decoder = Codecs.decoder("g722");
        short[] heard = new short[voice.length];
        byte[] packet = new byte[160];
        for (int frame = 0; frame < 20; frame++) {
            int bytes = encoder.encode(voice, frame * FRAME, FRAME, packet, 0);
            if (frame == 10) {
                decoder.conceal(heard, frame * FRAME, FRAME);
            } else {
                int unused = decoder.decode(packet, 0, bytes, heard, frame * FRAME);
            }
        }

        double before = Speech.rms(heard, 9 * FRAME, 10 * FRAME);
        assertThat(Speech.rms(heard, 10 * FRAME, 10 * FRAME + FRAME / 2)).isBetween(0.8 * before, 1.2 * before);
    }

    @Test
    void coding_allocates_nothing() {
        FrameEncoder encoder = Codecs.encoder("g722");
        FrameDecoder decoder = Codecs.decoder("g722");
        short[] voice = Speech.vowel(RATE, FRAME, 125, 4000);
        short[] heard = new short[FRAME];
        byte[] packet = new byte[160];

        assertThat(Allocation.ofRounds(20_000, () -> {
                    int bytes = encoder.encode(voice, 0, FRAME, packet, 0);
                    int unused = decoder.decode(packet, 0, bytes, heard, 0);
                }))
                .isZero();
    }
}
