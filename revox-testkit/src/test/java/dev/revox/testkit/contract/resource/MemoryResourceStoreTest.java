package dev.revox.testkit.contract.resource;

import dev.revox.store.EngineStore;
import dev.revox.store.memory.MemoryStore;

class MemoryResourceStoreTest extends ResourceStoreContract {
    @Override
    protected EngineStore open() {
        return new MemoryStore();
    }
}
