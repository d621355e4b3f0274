package dev.revox.testkit.memory;

import dev.revox.store.EngineStore;
import dev.revox.store.memory.MemoryStore;
import dev.revox.testkit.contract.store.NodeRegistryContract;

class MemoryNodeRegistryTest extends NodeRegistryContract {
    private final MemoryStore rows = new MemoryStore();

    @Override
    protected EngineStore open() {
        return rows.another();
    }
}
