package dev.revox.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.revox.store.EngineStore;
import dev.revox.store.jdbc.server.PostgresServer;
import dev.revox.testkit.contract.store.BeginningContract;
import org.junit.jupiter.api.AfterEach;

/** A host whose pool asks for a stricter isolation level than the store needs. */
class PostgresStrictBeginningIT extends BeginningContract {
    private final HikariDataSource pool = PostgresServer.freshDatabase(20, "TRANSACTION_REPEATABLE_READ");

    @Override
    protected EngineStore open() {
        return JdbcStore.builder().dataSource(pool).applySchema().build();
    }

    @AfterEach
    void drop_the_database() {
        pool.close();
    }
}
