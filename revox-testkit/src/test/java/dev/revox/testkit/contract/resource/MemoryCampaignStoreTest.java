package dev.revox.testkit.contract.resource;

import dev.revox.store.EngineStore;
import dev.revox.store.memory.MemoryStore;

class MemoryCampaignStoreTest extends CampaignStoreContract {
    @Override
    protected EngineStore open() {
        return new MemoryStore();
    }
}
