package dev.revox.store.jdbc.server;

import dev.revox.order.OrderStatus;
import dev.revox.store.HistoryEntry;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.jdbc.JdbcStore;
import dev.revox.testkit.contract.store.Rows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that places orders until it is killed. */
public final class KilledWriter {
    private KilledWriter() {}

    /** Places orders {@code order-0}, {@code order-1} ... and says each that was accepted. */
    public static void main(String[] arguments) {
        JdbcStore store = JdbcStore.embedded(Path.of(arguments[0]));
        for (int i = 0; ; i++) {
            StoredOrder row = Rows.order("order-" + i);
            store.commit(Transition.insert(row)
                    .with(new HistoryEntry(
                            Rows.NOON, OrderStatus.SCHEDULED, HistoryEntry.Cause.PLACED, "x".repeat(200))));
            System.out.println(i);
        }
    }

    /**
     * Runs it in a JVM of its own, and kills it without warning once it has accepted so many orders.
     *
     * @return how many it is known to have accepted
     */
    public static int run(Path folder, int orders) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int accepted = 0;
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            while (line != null) {
                accepted = Integer.parseInt(line) + 1;
                if (accepted == orders) {
                    // Through its handle, which leaves its output to be read to the end.
                    boolean killed = writer.toHandle().destroyForcibly();
                    if (!killed) {
                        throw new IllegalStateException("the writer cannot be killed");
                    }
                }
                line = said.readLine();
            }
        }
        int unused = writer.waitFor();
        return accepted;
    }
}
