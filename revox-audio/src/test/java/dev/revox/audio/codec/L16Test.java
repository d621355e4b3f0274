package dev.revox.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Speech;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class L16Test {

    @ParameterizedTest
    @ValueSource(ints = {8000, 16_000})
    void r07_samples_come_back_as_they_were_for_any_packet_time(int rateHz) {
        FrameEncoder encoder = Codecs.encoder(Codecs.named("L16", rateHz));
        FrameDecoder decoder = Codecs.decoder(Codecs.named("l16", rateHz));
        assertThat(encoder.sampleRateHz()).isEqualTo(rateHz);
        assertThat(decoder.clockRateHz()).isEqualTo(rateHz);
        for (int ms : new int[] {1, 10, 20, 30, 40, 60}) {
            short[] noise = Speech.noise(rateHz / 1000 * ms, 9000, ms);
            noise[0] = Short.MIN_VALUE;
            byte[] packet = new byte[2 * noise.length];
            short[] heard = new short[noise.length];

            assertThat(encoder.encode(noise, 0, noise.length, packet, 0)).isEqualTo(packet.length);
            assertThat(decoder.ticks(packet, 0, packet.length)).isEqualTo(noise.length);
            assertThat(decoder.decode(packet, 0, packet.length, heard, 0)).isEqualTo(noise.length);
            assertThat(heard).isEqualTo(noise);
        }
    }

    @Test
    void r07_the_higher_octet_comes_first() {
        short[] heard = new short[1];
        assertThat(Codecs.decoder("L16/8000").decode(new byte[] {(byte) 0x80, 0x01}, 0, 2, heard, 0))
                .isEqualTo(1);
        assertThat(heard[0]).isEqualTo((short) 0x8001);
    }

    @Test
    void half_a_sample_and_too_long_a_packet_are_refused() {
        FrameDecoder decoder = Codecs.decoder("L16/8000");
        short[] heard = new short[10];
        assertThat(decoder.decode(new byte[3], 0, 3, heard, 0)).isNegative();
        assertThat(decoder.decode(new byte[4], 2, 4, heard, 0)).isNegative();
        assertThat(decoder.ticks(new byte[8000], 0, 8000)).isNegative();
        assertThat(decoder.malformedPackets()).isEqualTo(2);
    }

    @Test
    void a_lost_packet_is_made_up_from_the_sound_before_it() {
        FrameDecoder decoder = Codecs.decoder("L16/16000");
        short[] voice = Speech.vowel(16_000, 3200, 140, 6000);
        byte[] packet = new byte[6400];
        int bytes = Codecs.encoder("L16/16000").encode(voice, 0, 1600, packet, 0);
        short[] heard = new short[1600];
        assertThat(decoder.decode(packet, 0, bytes, heard, 0)).isEqualTo(1600);

        Arrays.fill(heard, (short) 0);
        decoder.conceal(heard, 0, 160);
        assertThat(Speech.rms(heard, 0, 160)).isGreaterThan(0.5 * Speech.rms(voice, 0, 1600));
    }

    @Test
    void coding_allocates_nothing() {
        FrameEncoder encoder = Codecs.encoder("L16/16000");
        FrameDecoder decoder = Codecs.decoder("L16/16000");
        short[] pcm = Speech.noise(320, 9000, 1);
        byte[] packet = new byte[640];
        int[] sum = new int[1];
        assertThat(Allocation.ofRounds(50_000, () -> {
                    sum[0] += encoder.encode(pcm, 0, 320, packet, 0);
                    sum[0] += decoder.decode(packet, 0, 640, pcm, 0);
                }))
                .isZero();
    }
}
