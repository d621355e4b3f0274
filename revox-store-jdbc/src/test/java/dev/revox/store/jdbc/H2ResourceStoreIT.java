package dev.revox.store.jdbc;

import dev.revox.store.EngineStore;
import dev.revox.store.jdbc.server.TestDatabase;
import dev.revox.testkit.contract.resource.ResourceStoreContract;
import org.junit.jupiter.api.AfterEach;

class H2ResourceStoreIT extends ResourceStoreContract {
    private final TestDatabase database = TestDatabase.h2();

    @Override
    protected EngineStore open() {
        return database.store();
    }

    @AfterEach
    void drop_the_database() {
        database.close();
    }
}
