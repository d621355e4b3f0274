package dev.revox.audio.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.RevoxException;
import dev.revox.audio.codec.G711;
import dev.revox.audio.speech.Speech;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavFileTest {

    @TempDir
    Path folder;

    private static byte[] wav(int format, int channels, int rateHz, int bits, byte[] data, int claimed) {
        ByteBuffer out = ByteBuffer.allocate(58 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(50 + data.length);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(18);
        out.putShort((short) format).putShort((short) channels).putInt(rateHz);
        out.putInt(rateHz * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits);
        out.putShort((short) 0);
        // A chunk of no interest, of odd length and so with a padding byte, would come here in many files.
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(claimed).put(data);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static WavFile read(byte[] bytes) {
        return WavFile.read(new ByteArrayInputStream(bytes), "test");
    }

    @Test
    void what_is_written_is_read_back() throws IOException {
        short[] left = Speech.vowel(16_000, 1600, 150, 4000);
        short[] right = Speech.noise(1600, 3000, 1);
        ByteBuffer bytes = ByteBuffer.allocate(6400).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 1600; i++) {
            bytes.putShort(left[i]).putShort(right[i]);
        }
        Path file = folder.resolve("stereo.wav");
        try (WavWriter writer = WavWriter.create(file, 16_000, 2)) {
            writer.append(bytes.flip());
            assertThat(writer.samples()).isEqualTo(1600);
        }
        WavFile wav = WavFile.read(file);
        assertThat(wav.sampleRateHz()).isEqualTo(16_000);
        assertThat(wav.channels()).isEqualTo(2);
        assertThat(wav.samples()[0]).isEqualTo(left);
        assertThat(wav.samples()[1]).isEqualTo(right);
    }

    @Test
    void r11_a_file_is_readable_up_to_its_latest_patch_without_being_closed() throws IOException {
        Path file = folder.resolve("crashed.wav");
        try (WavWriter writer = WavWriter.create(file, 8000, 1)) {
            assertThat(WavFile.read(file).length()).isZero();
            writer.append(ByteBuffer.allocate(200));
            writer.patchHeader();
            writer.append(ByteBuffer.allocate(100));
            byte[] asAfterACrash = Files.readAllBytes(file);
            assertThat(read(asAfterACrash).length()).isEqualTo(100);
        }
        assertThat(WavFile.read(file).length()).isEqualTo(150);
    }

    @Test
    void companded_files_of_one_and_two_channels_are_read() {
        byte[] codes = {0, 1, (byte) 0x80, (byte) 0xFF};
        assertThat(read(wav(7, 1, 8000, 8, codes, 4)).samples()[0])
                .containsExactly(
                        G711.ULAW.decode((byte) 0),
                        G711.ULAW.decode((byte) 1),
                        G711.ULAW.decode((byte) 0x80),
                        G711.ULAW.decode((byte) 0xFF));
        assertThat(read(wav(6, 2, 8000, 8, codes, 4)).samples()[1])
                .containsExactly(G711.ALAW.decode((byte) 1), G711.ALAW.decode((byte) 0xFF));
    }

    @Test
    void a_data_chunk_that_claims_more_than_there_is_gives_what_is_there() {
        assertThat(read(wav(1, 1, 8000, 16, new byte[10], Integer.MAX_VALUE)).length())
                .isEqualTo(5);
        assertThat(read(wav(1, 1, 8000, 16, new byte[10], -1)).length()).isEqualTo(5);
        assertThat(read(wav(1, 2, 8000, 16, new byte[10], 10)).length()).isEqualTo(2);
    }

    @Test
    void bad_files_are_refused_with_their_name_and_what_is_wrong() {
        assertThatThrownBy(() -> read(new byte[0]))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("RIFF");
        assertThatThrownBy(() -> read("RIFFxxxxAVI LIST".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("test");
        assertThatThrownBy(() -> read(wav(1, 1, 8000, 24, new byte[6], 6))).hasMessageContaining("24 bits");
        assertThatThrownBy(() -> read(wav(1, 6, 8000, 16, new byte[12], 12))).hasMessageContaining("6 channels");
        assertThatThrownBy(() -> read(wav(3, 1, 8000, 32, new byte[12], 12))).hasMessageContaining("format 3");
        assertThatThrownBy(() -> read(wav(1, 1, 0, 16, new byte[12], 12))).hasMessageContaining("0 Hz");
        assertThatThrownBy(() -> read(Arrays.copyOf(wav(1, 1, 8000, 16, new byte[0], 0), 20)))
                .hasMessageContaining("fmt");
        assertThatThrownBy(() -> read(Arrays.copyOf(wav(1, 1, 8000, 16, new byte[0], 0), 38)))
                .hasMessageContaining("no data chunk");
        assertThatThrownBy(() -> WavFile.read(folder.resolve("absent.wav")))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("absent.wav");
    }

    @Test
    void x10_mutated_files_give_samples_or_a_clear_error_and_nothing_else() {
        Random random = new Random(11);
        byte[] good = wav(1, 2, 8000, 16, new byte[400], 400);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = good.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(60)] = (byte) random.nextInt();
            }
            try {
                assertThat(read(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)))
                                .length())
                        .isBetween(0, 400);
            } catch (RevoxException expected) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1000, 19_999);
    }
}
