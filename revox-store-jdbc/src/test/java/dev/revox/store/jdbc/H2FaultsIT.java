package dev.revox.store.jdbc;

import dev.revox.store.jdbc.server.TestDatabase;

class H2FaultsIT extends FaultsContract {
    @Override
    protected TestDatabase open() {
        return TestDatabase.h2();
    }
}
