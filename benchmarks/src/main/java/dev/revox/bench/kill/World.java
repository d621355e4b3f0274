package dev.revox.bench.kill;

import dev.revox.bench.store.BenchDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What outlives the engines: their rows, and their log.
 *
 * @param where the JDBC URL of a server, or a folder for H2
 * @param nodes the names of the engines that run at once
 */
record World(String where, List<String> nodes, Path log, Optional<EmbeddedPostgres> server) implements AutoCloseable {
    static World postgres() {
        EmbeddedPostgres server = BenchDatabase.server();
        return new World(
                server.getJdbcUrl("postgres", "postgres") + "&reWriteBatchedInserts=true",
                List.of("a", "b"),
                newLog(),
                Optional.of(server));
    }

    static World h2(Path folder) {
        return new World(folder.toString(), List.of("a"), newLog(), Optional.empty());
    }

    static World h2() {
        try {
            return h2(Files.createTempDirectory("revox-kill-h2-"));
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    private static Path newLog() {
        try {
            return Files.createTempFile("revox-kill-", ".log");
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    @Override
    public void close() {
        server.ifPresent(running -> {
            try {
                running.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }
}
