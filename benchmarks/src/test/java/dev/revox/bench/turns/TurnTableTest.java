package dev.revox.bench.turns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.bench.clip.Clip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTableTest {

    private static Outcome answered(int number, double gapMs) {
        return new Outcome(number, "sentence", gapMs, false, 1);
    }

    private static final List<Outcome> OUTCOMES = List.of(
            answered(1, 100),
            answered(2, 300),
            answered(3, 200),
            new Outcome(4, "clause", 900, true, 2),
            new Outcome(5, "clause", Double.NaN, false, 1));

    @Test
    void gaps_are_those_of_turns_that_were_let_end_and_answered() {
        assertThat(TurnTable.gap(OUTCOMES, 0)).isEqualTo(100);
        assertThat(TurnTable.gap(OUTCOMES, 0.5)).isEqualTo(200);
        assertThat(TurnTable.gap(OUTCOMES, 1)).isEqualTo(300);
        assertThat(TurnTable.gap(List.of(), 0.5)).isNaN();
    }

    @Test
    void a_row_counts_cuts_silence_and_calls() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TurnTable table = new TurnTable(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        table.row("Someone", OUTCOMES);
        table.byKind();

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("| Someone | **200** | 200 | **1 of 5** | 1 | 1.20 |")
                .contains("| clause | NaN, 1 of 2 |")
                .contains("Someone: clips cut [4], not answered [5]");
    }

    @Test
    void the_peers_lines_are_read_and_other_lines_passed_over() throws IOException {
        List<Clip> clips = List.of(
                new Clip(1, "sentence", new short[0], List.of()), new Clip(2, "clause", new short[0], List.of()));
        LiveKitPeer peer = new LiveKitPeer(Path.of("nowhere"), Path.of("nowhere"), clips);
        String printed = """
                a warning
                {"clip":2,"gapMs":null,"cut":true,"calls":3}
                {"clip":1,"gapMs":-12.5,"cut":false,"calls":1}
                """;

        assertThat(peer.read(printed.lines().toList()))
                .containsExactly(
                        new Outcome(2, "clause", Double.NaN, true, 3), new Outcome(1, "sentence", -12.5, false, 1));
        assertThatThrownBy(() -> peer.read(List.of("{}"))).hasMessageContaining("0 of 2");
    }
}
