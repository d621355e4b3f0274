package dev.revox.store.jdbc;

import dev.revox.store.EngineStore;
import dev.revox.store.jdbc.server.TestDatabase;
import dev.revox.testkit.contract.resource.CampaignStoreContract;
import org.junit.jupiter.api.AfterEach;

class PostgresCampaignStoreIT extends CampaignStoreContract {
    private final TestDatabase database = TestDatabase.postgres();

    @Override
    protected EngineStore open() {
        return database.store();
    }

    @AfterEach
    void drop_the_database() {
        database.close();
    }
}
