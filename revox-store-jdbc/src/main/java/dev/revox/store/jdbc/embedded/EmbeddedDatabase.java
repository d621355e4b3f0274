package dev.revox.store.jdbc.embedded;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * H2 in a folder that belongs to this store alone.
 *
 * <p>H2 writes to its file half a second after a commit unless it is told otherwise; told otherwise here, so that what was
 * committed survives the end of the process, however it ends. Whether it survives the end of the machine is up to the operating
 * system.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.revox.store.jdbc.embedded");
    private static final int CONNECTIONS = 10;
    private static final int LOCK_WAIT_MS = 10_000;

    private final FolderLock lock;
    private final HikariDataSource pool;

    private EmbeddedDatabase(FolderLock lock, HikariDataSource pool) {
        this.lock = lock;
        this.pool = pool;
    }

    /** Opens a folder, or makes it. */
    public static EmbeddedDatabase open(Path folder) {
        FolderLock lock = FolderLock.take(folder);
        try {
            HikariConfig settings = new HikariConfig();
            settings.setPoolName("revox-embedded");
            settings.setDriverClassName("org.h2.Driver");
            settings.setJdbcUrl(
                    "jdbc:h2:file:" + folder.toAbsolutePath().normalize().resolve("revox")
                            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=" + LOCK_WAIT_MS);
            settings.setMaximumPoolSize(CONNECTIONS);
            settings.setMinimumIdle(1);
            return new EmbeddedDatabase(lock, new HikariDataSource(settings));
        } catch (RuntimeException failure) {
            release(lock);
            throw failure;
        }
    }

    public DataSource source() {
        return pool;
    }

    private static void release(FolderLock lock) {
        try {
            lock.close();
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.WARNING, "the folder of the embedded store could not be unlocked", failure);
        }
    }

    /** Writes everything out and lets go of the folder. Idempotent. */
    @Override
    public void close() {
        if (pool.isClosed()) {
            return;
        }
        pool.close();
        // Without the pool: it would take the connection that SHUTDOWN ends for a broken one.
        JdbcDataSource direct = new JdbcDataSource();
        direct.setURL(pool.getJdbcUrl());
        try (Connection connection = direct.getConnection();
                Statement statement = connection.createStatement()) {
            boolean unused = statement.execute("SHUTDOWN");
        } catch (SQLException failure) {
            LOG.log(System.Logger.Level.WARNING, "the embedded database could not be shut down properly", failure);
        } finally {
            release(lock);
        }
    }
}
