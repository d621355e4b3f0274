package dev.revox.store.jdbc;

import dev.revox.store.jdbc.server.TestDatabase;

class PostgresFaultsIT extends FaultsContract {
    @Override
    protected TestDatabase open() {
        return TestDatabase.postgres();
    }
}
