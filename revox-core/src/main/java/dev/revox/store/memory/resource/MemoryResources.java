package dev.revox.store.memory.resource;

import dev.revox.resource.AssistantStore;
import dev.revox.resource.NumberStore;
import dev.revox.resource.ResourceStore;
import dev.revox.resource.SuppressionStore;
import java.util.concurrent.atomic.AtomicLong;

/** Resources that are forgotten when the process ends. <b>Thread:</b> Thread-safe. */
public final class MemoryResources implements ResourceStore {
    private final AtomicLong revision = new AtomicLong();
    private final MemoryAssistants assistants = new MemoryAssistants(revision);
    private final MemoryNumbers numbers = new MemoryNumbers(revision);
    private final MemorySuppressions suppressions = new MemorySuppressions();

    @Override
    public AssistantStore assistants() {
        return assistants;
    }

    @Override
    public NumberStore numbers() {
        return numbers;
    }

    @Override
    public SuppressionStore suppressions() {
        return suppressions;
    }

    @Override
    public long revision() {
        return revision.get();
    }
}
