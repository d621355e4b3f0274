package dev.revox.agent.tts.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PcmDecoderTest {

    @Property(tries = 200)
    void samples_are_the_same_wherever_the_bytes_are_cut(@ForAll @IntRange(min = 1, max = 50) int piece) {
        byte[] bytes = new byte[200];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 37);
        }
        short[] expected = new short[100];
        for (int i = 0; i < 100; i++) {
            expected[i] = (short) ((bytes[2 * i] & 0xff) | (bytes[2 * i + 1] << 8));
        }
        PcmDecoder decoder = new PcmDecoder();
        short[] decoded = new short[0];
        for (int at = 0; at < bytes.length; at += piece) {
            int count = decoder.decode(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)));
            decoded = Arrays.copyOf(decoded, decoded.length + count);
            System.arraycopy(decoder.samples(), 0, decoded, decoded.length - count, count);
        }
        assertThat(decoded).isEqualTo(expected);
    }

    @Test
    void sound_files_are_no_raw_samples() {
        for (String start : new String[] {"RIFF....WAVE", "ID3.....", "OggS....", "fLaC...."}) {
            PcmDecoder decoder = new PcmDecoder();
            assertThat(decoder.decode(ByteBuffer.wrap(start.getBytes(StandardCharsets.US_ASCII))))
                    .as(start)
                    .isNegative();
        }
    }
}
