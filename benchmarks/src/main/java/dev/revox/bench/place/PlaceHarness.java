package dev.revox.bench.place;

import dev.revox.bench.far.BusyPhone;
import dev.revox.bench.place.AcceptRun.Rate;
import dev.revox.bench.store.BenchDatabase;
import dev.revox.store.EngineStore;
import dev.revox.store.jdbc.JdbcStore;
import dev.revox.store.memory.MemoryStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What placing costs: {@code memory}, orders accepted per second; {@code invite}, the time from {@code place} to the INVITE on the
 * wire on each store.
 */
public final class PlaceHarness {
    private static final int ACCEPTED = 50_000;
    private static final int ROUNDS = 5;

    private PlaceHarness() {}

    /**
     * Measures and prints one table.
     *
     * @param what {@code memory} or {@code invite}
     * @param orders placed on each store, for {@code invite}
     */
    public static void run(String what, int orders, PrintStream out) throws InterruptedException {
        switch (what) {
            case "memory" -> memory(out);
            case "invite" -> invites(orders, out);
            default -> out.println("what to measure must be memory or invite");
        }
    }

    private static void memory(PrintStream out) {
        AcceptRun run = new AcceptRun(ACCEPTED);
        out.println("| one thread, median of " + ROUNDS + " x " + ACCEPTED
                + " | per second | per second of its processor time | B kept per order | goal |");
        out.println("|---|---|---|---|---|");
        print(out, "place, checks included", rounds(run::checked), ">= 30000");
        print(out, "behind the checks", rounds(run::behindTheChecks), ">= 200000");
    }

    private static Rate rounds(Supplier<Rate> run) {
        Rate unused = run.get();
        List<Rate> rates = Stream.generate(run).limit(ROUNDS).toList();
        return rates.stream()
                .sorted(Comparator.comparingDouble(Rate::perSecond))
                .skip(ROUNDS / 2)
                .findFirst()
                .orElseThrow();
    }

    private static void print(PrintStream out, String what, Rate rate, String goal) {
        out.printf(
                "| %s | %.0f | %.0f | %.0f | %s |%n",
                what, rate.perSecond(), rate.perCpuSecond(), rate.bytesPerOrder(), goal);
    }

    private static void invites(int orders, PrintStream out) throws InterruptedException {
        out.println("| " + orders + " orders due at once, 50 per second | p50 ms | p99 ms | max ms | goal for p99 |");
        out.println("|---|---|---|---|---|");
        print(out, "memory", orders, new MemoryStore());
        Path folder = temporary();
        print(out, "H2 in a folder", orders, JdbcStore.embedded(folder.resolve("calls")));
        try (EmbeddedPostgres server = BenchDatabase.server();
                BenchDatabase database = BenchDatabase.of(server, "invites")) {
            print(out, "PostgreSQL", orders, database.store());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            delete(folder);
        }
    }

    private static void print(PrintStream out, String name, int orders, EngineStore store) throws InterruptedException {
        try (BusyPhone phone = new BusyPhone();
                EngineStore its = store) {
            Histogram late = new InviteRun(phone).run(its, orders);
            out.printf(
                    "| %s | %.1f | %.1f | %.1f | <= 50 |%n",
                    name,
                    late.getValueAtPercentile(50) / 1e6,
                    late.getValueAtPercentile(99) / 1e6,
                    late.getMaxValue() / 1e6);
        } catch (TimeoutException lost) {
            throw new IllegalStateException(name, lost);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("revox-bench");
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }
}
