package dev.revox.bench.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small run of what {@code kill h2} does, without waiting for what follows on calls in doubt. */
class KilledEngineIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void engines_that_are_killed_lose_no_order_and_call_nobody_twice() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        boolean kept;
        try (World world = World.h2(folder);
                PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            kept = KillHarness.kill(world, "h2", 3, 1, false, out);
        }
        assertThat(kept).as(printed.toString(StandardCharsets.UTF_8)).isTrue();
    }
}
