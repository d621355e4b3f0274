package dev.revox.bench.start;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** From {@code build()} to the first INVITE at the telephone, in JVMs that have just started. */
public final class StartHarness {
    private static final int LONGEST_MINUTES = 2;
    private static final String FIGURE = "INVITE after ";

    private StartHarness() {}

    /** Measures so many starts and prints one table. */
    public static void run(int starts, PrintStream out) throws InterruptedException {
        // The first one reads the files from the disk.
        long unused = millis();
        List<Long> sorted = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            sorted.add(millis());
        }
        sorted.sort(Comparator.naturalOrder());
        out.println("| build() to the first INVITE, " + starts + " starts | median | min | max | goal |");
        out.println("|---|---|---|---|---|");
        out.printf(
                "| in a JVM that has just started | %d ms | %d ms | %d ms | <= 500 ms |%n",
                sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
    }

    private static long millis() throws InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), FirstCall.class.getName()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                long millis = said.lines()
                        .filter(line -> line.startsWith(FIGURE))
                        .mapToLong(line -> Long.parseLong(line.substring(FIGURE.length())))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("the measured process said nothing"));
                if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                    throw new IllegalStateException("the measured process does not end");
                }
                return millis;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }
}
