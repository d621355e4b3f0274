package dev.revox.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.speech.Speech;
import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** R07: the shapes a packet of Opus may have, RFC 6716 §3. */
@ParameterizedClass
@EnumSource(OpusBy.class)
class OpusShapesTest {

    private static final int RATE_HZ = 16_000;
    private static final int[] QUARTER_MS = {10, 20, 40, 80, 160, 240};
    private static final long SEED = 20_261_128;

    private final FrameDecoder decoder;
    private final short[] out = new short[RATE_HZ / 1000 * FrameDecoder.MAX_PACKET_MS + 8];

    OpusShapesTest(OpusBy by) {
        decoder = by.decoder();
    }

    private static int samples(int quarterMs) {
        return RATE_HZ * quarterMs / 4000;
    }

    private static List<byte[]> encoded(OpusApplication application, int bitrate, int frameSamples, int count)
            throws OpusException {
        OpusEncoder encoder = new OpusEncoder(RATE_HZ, 1, application);
        encoder.setBitrate(bitrate);
        short[] voice = Speech.vowel(RATE_HZ, frameSamples * count, 130, 5000);
        byte[] packet = new byte[1275];
        List<byte[]> packets = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            int length = encoder.encode(voice, n * frameSamples, frameSamples, packet, 0, packet.length);
            packets.add(Arrays.copyOf(packet, length));
        }
        return packets;
    }

    /** Frames of one kind in one packet, with a length before each but the last (code 3, §3.2.5). */
    private static byte[] joined(List<byte[]> frames) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(frames.getFirst()[0] | 3);
        packet.write(0x80 | frames.size());
        for (byte[] frame : frames.subList(0, frames.size() - 1)) {
            int length = frame.length - 1;
            if (length >= 252) {
                packet.write(252 + (length & 3));
                packet.write((length - 252 - (length & 3)) / 4);
            } else {
                packet.write(length);
            }
        }
        frames.forEach(frame -> packet.write(frame, 1, frame.length - 1));
        return packet.toByteArray();
    }

    @Test
    void r07_every_legal_frame_size_is_decoded_at_6_to_64_kbits() throws OpusException {
        for (int quarterMs : QUARTER_MS) {
            // 6 kbit/s are 1 byte per 2.5 ms: nothing but silence can be sent so.
            for (int bitrate : new int[] {quarterMs == 10 ? 16_000 : 6000, 24_000, 64_000}) {
                OpusApplication application = quarterMs < 40
                        ? OpusApplication.OPUS_APPLICATION_RESTRICTED_LOWDELAY
                        : OpusApplication.OPUS_APPLICATION_VOIP;
                int frame = samples(quarterMs);
                double power = 0;
                for (byte[] packet : encoded(application, bitrate, frame, 40)) {
                    assertThat(decoder.ticks(packet, 0, packet.length)).isEqualTo(12 * quarterMs);
                    assertThat(decoder.decode(packet, 0, packet.length, out, 0)).isEqualTo(frame);
                    power = Math.max(power, Speech.rms(out, 0, frame));
                }
                assertThat(power)
                        .as("%d quarters of a ms at %d bit/s", quarterMs, bitrate)
                        .isGreaterThan(500);
            }
        }
        assertThat(decoder.malformedPackets()).isZero();
    }

    @Test
    void r07_packets_of_several_frames_are_decoded_whole_up_to_120_ms_and_no_further() throws OpusException {
        for (int quarterMs : QUARTER_MS) {
            int frame = samples(quarterMs);
            int most = 480 / quarterMs;
            List<byte[]> frames =
                    encoded(OpusApplication.OPUS_APPLICATION_RESTRICTED_LOWDELAY, 24_000, Math.min(frame, 320), most);
            if (frame <= 320) {
                for (int count = 1; count <= most; count++) {
                    byte[] packet = joined(frames.subList(0, count));
                    assertThat(decoder.decode(packet, 0, packet.length, out, 0)).isEqualTo(count * frame);
                }
                List<byte[]> tooMany = new ArrayList<>(frames);
                tooMany.add(frames.getFirst());
                byte[] packet = joined(tooMany);
                assertThat(decoder.decode(packet, 0, packet.length, out, 0)).isEqualTo(-1);
            }
        }
    }

    @Test
    void r07_two_frames_of_one_length_are_decoded_as_code_1() throws OpusException {
        List<byte[]> frames = encoded(OpusApplication.OPUS_APPLICATION_VOIP, 24_000, 320, 10);
        byte[] frame = frames.get(5);
        byte[] pair = new byte[2 * frame.length - 1];
        System.arraycopy(frame, 0, pair, 0, frame.length);
        System.arraycopy(frame, 1, pair, frame.length, frame.length - 1);
        pair[0] = (byte) (frame[0] | 1);
        assertThat(decoder.ticks(pair, 0, pair.length)).isEqualTo(1920);
        assertThat(decoder.decode(pair, 0, pair.length, out, 0)).isEqualTo(640);
        assertThat(decoder.decode(pair, 0, pair.length - 1, out, 0)).isEqualTo(-1);
    }

    @Test
    void r07_any_first_two_bytes_give_sound_or_a_refusal_and_never_an_exception() {
        Random random = new Random(SEED);
        byte[] packet = new byte[60];
        for (int head = 0; head < 65_536; head++) {
            random.nextBytes(packet);
            packet[0] = (byte) (head >> 8);
            packet[1] = (byte) head;
            int length = random.nextInt(packet.length);
            int ticks = decoder.ticks(packet, 0, length);
            int samples = decoder.decode(packet, 0, length, out, 0);
            assertThat(samples)
                    .as("head %04x, length %d, seed %d", head, length, SEED)
                    .isBetween(-1, 1920);
            assertThat(samples == -1 || samples == ticks / 3).isTrue();
        }
    }
}
