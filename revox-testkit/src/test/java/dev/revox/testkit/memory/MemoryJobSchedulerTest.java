package dev.revox.testkit.memory;

import dev.revox.store.EngineStore;
import dev.revox.store.memory.MemoryStore;
import dev.revox.testkit.contract.store.JobSchedulerContract;

class MemoryJobSchedulerTest extends JobSchedulerContract {
    private final MemoryStore rows = new MemoryStore();

    @Override
    protected EngineStore open() {
        return rows.another();
    }
}
