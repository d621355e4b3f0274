package dev.revox.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.audio.codec.opus.OpusPacket;
import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Speech;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(OpusBy.class)
class OpusTest {

    private static final int FRAME = 320;

    private final OpusBy by;

    OpusTest(OpusBy by) {
        this.by = by;
    }

    private List<byte[]> encoded(short[] pcm, int frameSamples) {
        FrameEncoder encoder = by.encoder();
        List<byte[]> packets = new ArrayList<>();
        byte[] out = new byte[1275];
        for (int at = 0; at + frameSamples <= pcm.length; at += frameSamples) {
            int bytes = encoder.encode(pcm, at, frameSamples, out, 0);
            assertThat(bytes).isPositive();
            byte[] packet = new byte[bytes];
            System.arraycopy(out, 0, packet, 0, bytes);
            packets.add(packet);
        }
        encoder.close();
        return packets;
    }

    private static double correlation(short[] a, int aFrom, short[] b, int bFrom, int samples) {
        double product = 0;
        double powerA = 1;
        double powerB = 1;
        for (int i = 0; i < samples; i++) {
            product += (double) a[aFrom + i] * b[bFrom + i];
            powerA += (double) a[aFrom + i] * a[aFrom + i];
            powerB += (double) b[bFrom + i] * b[bFrom + i];
        }
        return product / Math.sqrt(powerA * powerB);
    }

    private static double bestCorrelation(short[] original, short[] decoded, int from, int samples) {
        double best = -1;
        for (int delay = 0; delay < 400; delay++) {
            best = Math.max(best, correlation(original, from, decoded, from + delay, samples));
        }
        return best;
    }

    @Test
    void r07_voice_survives_encoding_and_decoding_at_16_khz() {
        short[] voice = Speech.vowel(16_000, 50 * FRAME, 150, 4000);
        FrameDecoder decoder = by.decoder();
        short[] heard = new short[voice.length + 1920];
        int at = 0;
        for (byte[] packet : encoded(voice, FRAME)) {
            assertThat(decoder.ticks(packet, 0, packet.length)).isEqualTo(960);
            int samples = decoder.decode(packet, 0, packet.length, heard, at);
            assertThat(samples).isEqualTo(FRAME);
            at += samples;
        }
        assertThat(bestCorrelation(voice, heard, 20 * FRAME, 10 * FRAME)).isGreaterThan(0.8);
        decoder.close();
    }

    @Test
    void r07_frames_of_10_to_60_ms_give_their_own_length() {
        for (int ms : new int[] {10, 20, 40, 60}) {
            int samples = 16 * ms;
            FrameDecoder decoder = by.decoder();
            short[] out = new short[1920];
            for (byte[] packet : encoded(Speech.vowel(16_000, 10 * samples, 150, 4000), samples)) {
                assertThat(decoder.ticks(packet, 0, packet.length)).isEqualTo(48 * ms);
                assertThat(decoder.decode(packet, 0, packet.length, out, 0)).isEqualTo(samples);
            }
            decoder.close();
        }
    }

    @Test
    void r07_packets_of_several_frames_are_decoded_whole() {
        List<byte[]> packets = encoded(Speech.vowel(16_000, 20 * FRAME, 150, 4000), FRAME);
        byte[] first = packets.get(8);
        byte[] second = packets.get(9);
        FrameDecoder decoder = by.decoder();
        short[] out = new short[1920];
        // Code 2 of RFC 6716 §3.2.4: two frames, the first with its length.
        int length = first.length - 1;
        assertThat(length).isLessThan(252);
        byte[] pair = new byte[2 + length + second.length - 1];
        pair[0] = (byte) (first[0] | 2);
        pair[1] = (byte) length;
        System.arraycopy(first, 1, pair, 2, length);
        System.arraycopy(second, 1, pair, 2 + length, second.length - 1);
        assertThat(decoder.ticks(pair, 0, pair.length)).isEqualTo(1920);
        assertThat(decoder.decode(pair, 0, pair.length, out, 0)).isEqualTo(2 * FRAME);
        // Code 3 of §3.2.5, variable lengths, three frames of which the last is empty.
        byte[] three = new byte[4 + length + second.length - 1];
        three[0] = (byte) (first[0] | 3);
        three[1] = (byte) 0x83;
        three[2] = (byte) length;
        three[3] = (byte) (second.length - 1);
        System.arraycopy(first, 1, three, 4, length);
        System.arraycopy(second, 1, three, 4 + length, second.length - 1);
        assertThat(decoder.ticks(three, 0, three.length)).isEqualTo(2880);
        assertThat(decoder.decode(three, 0, three.length, out, 0)).isEqualTo(3 * FRAME);
        decoder.close();
    }

    @Test
    void r07_a_one_byte_packet_is_silence_of_its_length_and_an_empty_one_is_malformed() {
        FrameDecoder decoder = by.decoder();
        short[] out = new short[1920];
        byte[] toc = {encoded(Speech.vowel(16_000, FRAME, 150, 4000), FRAME).get(0)[0]};
        assertThat(decoder.decode(toc, 0, 1, out, 0)).isEqualTo(FRAME);
        assertThat(decoder.decode(toc, 0, 0, out, 0)).isEqualTo(-1);
        assertThat(decoder.ticks(toc, 0, 0)).isEqualTo(-1);
        assertThat(decoder.malformedPackets()).isEqualTo(1);
        decoder.close();
    }

    @Test
    void r06_a_lost_frame_is_taken_from_the_redundancy_of_the_next() {
        short[] speech = Speech.recorded("speech-16k.wav").samples()[0];
        short[] part = new short[500 * FRAME];
        System.arraycopy(speech, 0, part, 0, part.length);
        List<byte[]> packets = encoded(part, FRAME);
        FrameDecoder whole = by.decoder();
        FrameDecoder withFec = by.decoder();
        FrameDecoder withPlc = by.decoder();
        short[] truth = new short[1920];
        short[] fec = new short[1920];
        short[] plc = new short[1920];
        int redundant = 0;
        double fecError = 0;
        double plcError = 0;
        for (int i = 0; i + 1 < packets.size(); i++) {
            byte[] packet = packets.get(i);
            byte[] next = packets.get(i + 1);
            whole.decode(packet, 0, packet.length, truth, 0);
            if (i % 10 == 9) {
                int samples = withFec.decodeFec(next, 0, next.length, fec, 0, FRAME);
                withPlc.conceal(plc, 0, FRAME);
                if (samples == 0) {
                    withFec.conceal(fec, 0, FRAME);
                } else {
                    assertThat(samples).isEqualTo(FRAME);
                    redundant++;
                    for (int s = 0; s < FRAME; s++) {
                        fecError += Math.pow(fec[s] - truth[s], 2);
                        plcError += Math.pow(plc[s] - truth[s], 2);
                    }
                }
            } else {
                withFec.decode(packet, 0, packet.length, fec, 0);
                withPlc.decode(packet, 0, packet.length, plc, 0);
            }
        }
        System.out.printf(
                "Opus: %d of 49 lost frames had redundancy; it is %.1f dB closer to the truth than concealment%n",
                redundant, 10 * Math.log10(plcError / fecError));
        assertThat(redundant).isGreaterThan(10);
        assertThat(fecError).isLessThan(plcError);
    }

    @Test
    void r07_hostile_packets_never_throw_and_never_write_beyond_their_length() {
        FrameDecoder decoder = by.decoder();
        List<byte[]> packets = encoded(Speech.vowel(16_000, 40 * FRAME, 150, 4000), FRAME);
        Random random = new Random(20260711);
        short[] out = new short[1920 + 100];
        for (int round = 0; round < 5000; round++) {
            byte[] packet = packets.get(random.nextInt(packets.size())).clone();
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                packet[random.nextInt(Math.min(packet.length, flips < 2 ? 3 : packet.length))] =
                        (byte) random.nextInt();
            }
            int length = random.nextInt(packet.length + 1);
            int samples = decoder.decode(packet, 0, length, out, 0);
            assertThat(samples).isBetween(-1, 1920);
            decoder.decodeFec(packet, 0, length, out, 0, FRAME);
            decoder.conceal(out, 0, FRAME);
        }
        byte[] good = packets.get(20);
        assertThat(decoder.decode(good, 0, good.length, out, 0)).isEqualTo(FRAME);
        assertThat(decoder.malformedPackets()).isPositive();
        assertThat(Speech.rms(out, 1920, 2020)).isZero();
        decoder.close();
    }

    @Test
    void our_own_code_and_libopus_allocate_nothing_per_frame_and_concentus_allocations_are_reported() {
        List<byte[]> packets = encoded(Speech.vowel(16_000, 50 * FRAME, 150, 4000), FRAME);
        FrameDecoder decoder = by.decoder();
        FrameEncoder encoder = by.encoder();
        byte[] packet = packets.get(10);
        short[] pcm = Speech.vowel(16_000, FRAME, 150, 4000);
        short[] out = new short[1920];
        byte[] bytes = new byte[1275];
        int[] sum = new int[1];
        long own = Allocation.ofRounds(50_000, () -> {
            sum[0] += decoder.ticks(packet, 0, packet.length);
            sum[0] += OpusPacket.hasRedundancy(packet, 0, packet.length) ? 1 : 0;
        });
        assertThat(own).isZero();
        int rounds = by == OpusBy.LIBOPUS ? 50_000 : 200;
        byte[] small = packets.get(11);
        long decode = Allocation.ofRounds(rounds, () -> {
            sum[0] += decoder.decode(packet, 0, packet.length, out, 0);
            decoder.conceal(out, 0, FRAME);
            sum[0] += decoder.decodeFec(small, 0, small.length, out, 0, FRAME);
            sum[0] += decoder.decode(packet, 0, 0, out, 0);
        });
        long encode = Allocation.ofRounds(rounds, () -> sum[0] += encoder.encode(pcm, 0, FRAME, bytes, 0));
        System.out.printf(
                "%s allocates %d bytes per decoded and %d per encoded frame of 20 ms%n",
                by.library().name(), decode / rounds, encode / rounds);
        if (by == OpusBy.LIBOPUS) {
            assertThat(decode).isZero();
            assertThat(encode).isZero();
        }
        decoder.close();
        encoder.close();
    }

    @Test
    void r07_of_silence_only_a_packet_every_400_ms_is_left_which_describes_it_until_a_voice_begins() {
        FrameEncoder encoder = by.discontinuousEncoder();
        FrameDecoder decoder = by.decoder();
        short[] sound = new short[300 * FRAME];
        short[] voice = Speech.vowel(16_000, 50 * FRAME, 150, 4000);
        for (int i = 0; i < voice.length; i++) {
            // Syllables: what sounds on and on is taken for noise.
            voice[i] = i / 1600 % 3 == 2 ? 0 : voice[i];
        }
        System.arraycopy(voice, 0, sound, 0, voice.length);
        System.arraycopy(voice, 0, sound, 250 * FRAME, voice.length);
        byte[] packet = new byte[1275];
        short[] out = new short[1920];
        List<Integer> descriptions = new ArrayList<>();
        int sentOfSilence = 0;
        for (int n = 0; n < 300; n++) {
            int bytes = encoder.encode(sound, n * FRAME, FRAME, packet, 0);
            if (bytes > 0) {
                assertThat(decoder.decode(packet, 0, bytes, out, 0)).isEqualTo(FRAME);
            }
            // 200 ms of silence are sent before it counts as such.
            if (n >= 75 && n < 250) {
                sentOfSilence += bytes > 0 ? 1 : 0;
                if (bytes > 0 && encoder.describesSilence()) {
                    descriptions.add(n);
                }
            } else if (n < 50 || n > 250) {
                assertThat(bytes).as("frame %d", n).isGreaterThan(2);
                assertThat(encoder.describesSilence()).isFalse();
            }
        }
        assertThat(descriptions).hasSizeBetween(7, 9).hasSize(sentOfSilence);
        for (int i = 1; i < descriptions.size(); i++) {
            assertThat(descriptions.get(i) - descriptions.get(i - 1)).isBetween(20, 22);
        }
        encoder.close();
        decoder.close();
    }

    @Test
    void without_being_asked_every_frame_of_silence_is_a_packet() {
        assertThat(encoded(new short[100 * FRAME], FRAME)).hasSize(100);
    }

    @Test
    void unknown_codecs_are_refused_by_name() {
        assertThatThrownBy(() -> Codecs.decoder("G729"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("encodingName")
                .hasMessageContaining("G729");
        assertThatThrownBy(() -> Codecs.encoder("")).isInstanceOf(IllegalArgumentException.class);
    }
}
