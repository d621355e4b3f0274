package dev.revox.bench.overlap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapTableTest {

    @Test
    void a_row_tells_wanted_pauses_from_false_ones() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OverlapTable table = new OverlapTable(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        table.row(
                "Someone",
                List.of(
                        new Overlap(1, OverSpeech.INTERRUPTION, 150, true, false),
                        new Overlap(2, OverSpeech.INTERRUPTION, 250, true, false),
                        new Overlap(3, OverSpeech.INTERRUPTION, Double.NaN, false, true),
                        new Overlap(4, OverSpeech.BACKCHANNEL, 180, false, true),
                        new Overlap(5, OverSpeech.BACKCHANNEL, 180, true, false),
                        new Overlap(6, OverSpeech.NOISE, 180, false, false),
                        new Overlap(7, OverSpeech.NOISE, Double.NaN, false, true)));
        table.details();

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("| Someone | **250** | **250** | 1 of 3 | **1 of 2** | **0 of 2** | 2 | 1 |")
                .contains("flushed falsely [5], interruptions missed [3], whole answers lost [6]");
    }
}
