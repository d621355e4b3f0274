package dev.revox.store.jdbc.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.revox.store.EngineStore;
import dev.revox.store.jdbc.JdbcStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A database of one test's own. <b>Thread:</b> Thread-safe. */
public final class TestDatabase implements AutoCloseable {
    private final HikariDataSource pool;
    private final Optional<Path> folder;

    private TestDatabase(HikariDataSource pool, Optional<Path> folder) {
        this.pool = pool;
        this.folder = folder;
    }

    public static TestDatabase postgres() {
        return new TestDatabase(PostgresServer.freshDatabase(20), Optional.empty());
    }

    /** H2 in a file, as a host's own database: not locked against a second engine. */
    public static TestDatabase h2() {
        try {
            Path folder = Files.createTempDirectory("revox-h2");
            HikariConfig settings = new HikariConfig();
            settings.setJdbcUrl("jdbc:h2:file:" + folder.resolve("host") + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000");
            settings.setMaximumPoolSize(20);
            settings.setMinimumIdle(1);
            return new TestDatabase(new HikariDataSource(settings), Optional.of(folder));
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    public DataSource source() {
        return pool;
    }

    /** A store whose jobs are picked up on an executor, and that looks for jobs of others seldom: virtual days are long. */
    public EngineStore store(Executor executor) {
        return JdbcStore.builder()
                .dataSource(pool)
                .applySchema()
                .executor(executor)
                .pollInterval(Duration.ofHours(6))
                .build();
    }

    public EngineStore store() {
        return JdbcStore.builder().dataSource(pool).applySchema().build();
    }

    @Override
    public void close() {
        pool.close();
        folder.ifPresent(TestDatabase::delete);
    }

    /** Removes a folder and all that is in it. */
    public static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }
}
