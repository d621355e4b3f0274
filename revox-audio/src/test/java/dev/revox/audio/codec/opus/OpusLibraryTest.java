package dev.revox.audio.codec.opus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.revox.audio.speech.Speech;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class OpusLibraryTest {

    private static final OpusVoice VOICE = new OpusVoice(16_000, 26_000, 5, 5, false);
    private static final int FRAME = 320;

    private static OpusLibrary libopus() {
        assumeTrue(
                OpusLibrary.libopus().isPresent(),
                "libopus (Debian package libopus0) cannot be used: " + OpusLibrary.libopusProblem());
        return OpusLibrary.libopus().orElseThrow();
    }

    private static List<LogRecord> logOf(Runnable work) {
        Logger logger = Logger.getLogger("dev.revox.audio.codec");
        List<LogRecord> seen = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                seen.add(line);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            work.run();
        } finally {
            logger.removeHandler(handler);
        }
        return seen;
    }

    @Test
    void off_is_concentus_whatever_the_machine_has_and_the_log_says_so_once_at_info() {
        List<LogRecord> log =
                logOf(() -> assertThat(OpusLibrary.choose("off").name()).isEqualTo("Concentus"));
        assertThat(log)
                .singleElement()
                .satisfies(line -> assertThat(line.getLevel()).isEqualTo(Level.INFO));
    }

    @Test
    void auto_takes_libopus_where_it_is_and_the_log_names_its_version() {
        OpusLibrary here = libopus();
        List<LogRecord> log =
                logOf(() -> assertThat(OpusLibrary.choose("auto").name()).isEqualTo(here.name()));
        assertThat(here.name()).startsWith("libopus 1.");
        assertThat(log)
                .singleElement()
                .satisfies(line -> assertThat(line.getParameters()).containsExactly(here.name()));
    }

    @Test
    void a_setting_that_is_neither_is_a_warning_and_taken_for_auto() {
        List<LogRecord> log = logOf(() -> assertThat(OpusLibrary.choose("on").name())
                .isEqualTo(OpusLibrary.libopus().orElse(OpusLibrary.concentus()).name()));
        assertThat(log).first().satisfies(line -> assertThat(line.getLevel()).isEqualTo(Level.WARNING));
    }

    @Test
    void a_library_that_is_missing_is_a_reason_and_its_functions_do_nothing() throws Throwable {
        LibopusCalls.Loaded loaded = LibopusCalls.load(List.of("librevox-is-not-there.so.0"));
        assertThat(loaded.problem()).contains("librevox-is-not-there.so.0");
        assertThat((int) loaded.call(LibopusCalls.Call.DECODER_SIZE).invokeExact(1))
                .isZero();
    }

    @Test
    void another_library_under_that_name_is_a_reason_too() {
        assertThat(LibopusCalls.load(List.of("libc.so.6")).problem()).isNotEmpty();
        assertThatThrownBy(() -> ForeignLibrary.open(List.of("libc.so.6"))
                        .function("opus_decode", MethodType.methodType(int.class), -1))
                .isInstanceOf(ForeignLibrary.Refused.class)
                .hasMessageContaining("opus_decode");
    }

    @Test
    void versions_before_1_2_and_names_without_a_number_are_too_old() {
        for (String old : List.of("libopus 0.9.14", "libopus 1.0.3", "libopus 1.1.5-fixed", "libopus unknown", "")) {
            assertThat(LibopusCalls.recentEnough(old)).as(old).isFalse();
        }
        for (String fit : List.of("libopus 1.2", "libopus 1.3.1", "libopus 1.5.2-12-gabc", "libopus 2.0")) {
            assertThat(LibopusCalls.recentEnough(fit)).as(fit).isTrue();
        }
    }

    @Test
    void what_is_closed_refuses_every_use_and_may_be_closed_again() {
        OpusDecoding decoder = libopus().decoder(16_000);
        OpusEncoding encoder = libopus().encoder(VOICE);
        decoder.close();
        encoder.close();
        decoder.close();
        encoder.close();
        short[] pcm = new short[1920];
        byte[] packet = new byte[1275];
        assertThatThrownBy(() -> decoder.decode(packet, 0, 10, pcm, 0, FRAME, false))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> decoder.decode(null, 0, 0, pcm, 0, FRAME, false))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(decoder::reset).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> encoder.encode(pcm, 0, FRAME, packet, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(encoder::reset).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void reserved_memory_is_zero_and_gone_when_it_is_closed() {
        assumeTrue(libopus().name().startsWith("libopus"));
        ForeignLibrary.Memory memory = ForeignLibrary.reserve(64);
        assertThat(memory.buffer().getLong(56)).isZero();
        memory.close();
        assertThatThrownBy(() -> memory.buffer().get(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(memory::close).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void lengths_outside_the_arrays_are_refused_before_anything_native_is_called() {
        for (OpusLibrary library : List.of(OpusLibrary.concentus(), libopus())) {
            try (OpusDecoding decoder = library.decoder(16_000);
                    OpusEncoding encoder = library.encoder(VOICE)) {
                short[] pcm = new short[FRAME];
                byte[] packet = new byte[2000];
                int length = encoder.encode(Speech.vowel(16_000, FRAME, 150, 4000), 0, FRAME, packet, 0);
                assertThat(decoder.decode(packet, -1, length, pcm, 0, FRAME, false))
                        .isNegative();
                assertThat(decoder.decode(packet, 1999, length, pcm, 0, FRAME, false))
                        .isNegative();
                assertThat(decoder.decode(packet, 0, length, pcm, 1, FRAME, false))
                        .isNegative();
                assertThat(decoder.decode(packet, 0, length, pcm, 0, -FRAME, false))
                        .isNegative();
                assertThat(decoder.decode(packet, 0, Integer.MAX_VALUE, pcm, 0, FRAME, false))
                        .isNegative();
                assertThat(encoder.encode(pcm, 1, FRAME, packet, 0)).isZero();
                assertThat(encoder.encode(pcm, 0, 300, packet, 0)).isZero();
                assertThat(encoder.encode(pcm, 0, FRAME, packet, 2000)).isZero();
                assertThat(decoder.decode(packet, 0, length, pcm, 0, FRAME, false))
                        .isEqualTo(FRAME);
            }
        }
    }

    @Test
    void both_libraries_decode_a_stream_to_the_same_samples_with_losses_and_redundancy() {
        short[] voice = Speech.vowel(16_000, 400 * FRAME, 130, 5000);
        for (int i = 0; i < voice.length; i++) {
            // Syllables: what sounds on and on is taken for noise and gets no redundancy.
            voice[i] = i / 2400 % 2 == 0 ? 0 : voice[i];
        }
        OpusEncoding encoder = libopus().encoder(VOICE);
        OpusDecoding here = OpusLibrary.concentus().decoder(16_000);
        OpusDecoding there = libopus().decoder(16_000);
        byte[] packet = new byte[1275];
        short[] one = new short[FRAME];
        short[] other = new short[FRAME];
        int redundant = 0;
        for (int n = 0; n < 400; n++) {
            int length = encoder.encode(voice, n * FRAME, FRAME, packet, 0);
            if (n % 5 == 4 && OpusPacket.hasRedundancy(packet, 0, length)) {
                redundant++;
                assertThat(here.decode(packet, 0, length, one, 0, FRAME, true)).isEqualTo(FRAME);
                assertThat(there.decode(packet, 0, length, other, 0, FRAME, true))
                        .isEqualTo(FRAME);
            } else {
                assertThat(here.decode(packet, 0, length, one, 0, FRAME, false)).isEqualTo(FRAME);
                assertThat(there.decode(packet, 0, length, other, 0, FRAME, false))
                        .isEqualTo(FRAME);
            }
            assertThat(Arrays.equals(one, other)).as("frame %d", n).isTrue();
        }
        assertThat(redundant).isGreaterThan(5);
        here.close();
        there.close();
        encoder.close();
    }
}
