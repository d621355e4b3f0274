package dev.revox.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Speech;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class G711Test {

    /** The ends of 128 intervals: the first ones given, then 16 of each width, each width twice the one before. */
    private static int[] decisionValues(int[] firstEnds, int width) {
        int[] ends = Arrays.copyOf(firstEnds, 128);
        int step = width;
        for (int i = firstEnds.length; i < 128; i += 16) {
            for (int j = 0; j < 16; j++) {
                ends[i + j] = ends[i + j - 1] + step;
            }
            step *= 2;
        }
        return ends;
    }

    private static int intervalOf(int magnitude, int[] ends) {
        int interval = 0;
        while (interval < 127 && magnitude >= ends[interval]) {
            interval++;
        }
        return interval;
    }

    /** ITU-T G.711 table 2a: samples of 14 bits; 0..1, then 15 intervals of 2, then 16 each of 4, 8 ... 256. */
    private static int ulawByDecisionValues(int sample) {
        int[] first = new int[16];
        for (int i = 0; i < 16; i++) {
            first[i] = 1 + 2 * i;
        }
        int code = 0xFF - intervalOf(Math.abs(sample) / 4, decisionValues(first, 4));
        return sample < 0 ? code & 0x7F : code;
    }

    /** ITU-T G.711 table 1a: samples of 13 bits; 32 intervals of 2, then 16 each of 4, 8 ... 128; even bits inverted. */
    private static int alawByDecisionValues(int sample) {
        int[] first = new int[32];
        for (int i = 0; i < 32; i++) {
            first[i] = 2 + 2 * i;
        }
        int magnitude = sample < 0 ? (-sample - 1) / 8 : sample / 8;
        return ((sample < 0 ? 0 : 0x80) | intervalOf(magnitude, decisionValues(first, 4))) ^ 0x55;
    }

    @Test
    void r07_every_sample_gets_the_ulaw_code_of_the_recommendation() {
        for (int sample = -32768; sample <= 32767; sample++) {
            assertThat(G711.ULAW.encode((short) sample) & 0xFF)
                    .as("sample %d", sample)
                    .isEqualTo(ulawByDecisionValues(sample));
        }
    }

    @Test
    void r07_every_sample_gets_the_alaw_code_of_the_recommendation() {
        for (int sample = -32768; sample <= 32767; sample++) {
            assertThat(G711.ALAW.encode((short) sample) & 0xFF)
                    .as("sample %d", sample)
                    .isEqualTo(alawByDecisionValues(sample));
        }
    }

    @Test
    void r07_silence_is_ff_in_ulaw_and_d5_in_alaw() {
        assertThat(G711.ULAW.silence()).isEqualTo((byte) 0xFF);
        assertThat(G711.ALAW.silence()).isEqualTo((byte) 0xD5);
    }

    @Test
    void outermost_values_of_the_recommendation_decode_to_its_outputs() {
        // Table 2a: 8031 of 14 bits; table 1a: 4032 of 13 bits.
        assertThat(G711.ULAW.decode((byte) 0x80)).isEqualTo((short) (8031 * 4));
        assertThat(G711.ULAW.decode((byte) 0x00)).isEqualTo((short) (-8031 * 4));
        assertThat(G711.ALAW.decode((byte) (0xFF ^ 0x55))).isEqualTo((short) (4032 * 8));
        assertThat(G711.ALAW.decode((byte) (0x7F ^ 0x55))).isEqualTo((short) (-4032 * 8));
    }

    @Test
    void every_code_comes_back_after_decoding_and_encoding() {
        for (int code = 0; code < 256; code++) {
            assertThat(G711.ALAW.encode(G711.ALAW.decode((byte) code))).isEqualTo((byte) code);
            // µ-law has two zeros; the negative one comes back as the positive one.
            byte expected = code == 0x7F ? (byte) 0xFF : (byte) code;
            assertThat(G711.ULAW.encode(G711.ULAW.decode((byte) code))).isEqualTo(expected);
        }
    }

    @Test
    void malformed_packets_are_counted_and_refused() {
        FrameDecoder decoder = Codecs.decoder("PCMU");
        short[] out = new short[960];
        assertThat(decoder.decode(new byte[0], 0, 0, out, 0)).isEqualTo(-1);
        assertThat(decoder.decode(new byte[2000], 0, 1500, out, 0)).isEqualTo(-1);
        assertThat(decoder.decode(new byte[10], 5, 10, out, 0)).isEqualTo(-1);
        assertThat(decoder.ticks(new byte[160], 0, 160)).isEqualTo(160);
        assertThat(decoder.malformedPackets()).isEqualTo(3);
        decoder.close();
    }

    @Test
    void encoding_decoding_and_concealing_allocate_nothing() {
        FrameDecoder decoder = Codecs.decoder("pcma");
        FrameEncoder encoder = Codecs.encoder("PCMA");
        short[] pcm = Speech.vowel(8000, 160, 120, 4000);
        short[] out = new short[960];
        byte[] packet = new byte[160];
        long bytes = Allocation.ofRounds(50_000, () -> {
            encoder.encode(pcm, 0, 160, packet, 0);
            decoder.decode(packet, 0, 160, out, 0);
            decoder.conceal(out, 0, 160);
        });
        assertThat(bytes).isZero();
        assertThat(Arrays.hashCode(out)).isNotEqualTo(Arrays.hashCode(new short[960]));
        decoder.close();
        encoder.close();
    }
}
