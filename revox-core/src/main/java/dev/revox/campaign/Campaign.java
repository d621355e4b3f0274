package dev.revox.campaign;

import dev.revox.assistant.Assistant;
import dev.revox.order.CampaignRef;
import dev.revox.order.ConcurrencyLimit;
import java.time.Instant;
import java.util.Optional;

/**
 * A campaign as it is stored. Its contacts are rows of their own.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param snapshot the assistant of all its calls, fixed when it is launched
 * @param endedAt when the last of its orders was settled; also for a cancelled campaign
 * @param version goes up by one with every change, for optimistic locking
 */
public record Campaign(
        CampaignKey key,
        CampaignSpec spec,
        Optional<Assistant> snapshot,
        CampaignStatus status,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> launchedAt,
        Optional<Instant> endedAt,
        long version) {

    public static Campaign draft(CampaignKey key, CampaignSpec spec, Instant now) {
        return new Campaign(
                key, spec, Optional.empty(), CampaignStatus.DRAFT, now, now, Optional.empty(), Optional.empty(), 0);
    }

    public String id() {
        return key.id();
    }

    /** What its orders carry. */
    public CampaignRef ref() {
        return new CampaignRef(key.id(), spec.name());
    }

    /** The queue of its orders. A campaign with a pace needs one too, so that its orders do not stand in the way of others. */
    public Optional<ConcurrencyLimit> concurrency() {
        if (spec.maxConcurrentCalls() == 0 && spec.spacing().isZero()) {
            return Optional.empty();
        }
        int max = spec.maxConcurrentCalls() == 0 ? Integer.MAX_VALUE : spec.maxConcurrentCalls();
        return Optional.of(new ConcurrencyLimit("campaign:" + key.id(), max));
    }

    /** True while an engine has to look after it. */
    public boolean active() {
        return status == CampaignStatus.RUNNING || (status == CampaignStatus.CANCELLED && endedAt.isEmpty());
    }

    /** True while contacts may be added. */
    public boolean takesContacts() {
        return switch (status) {
            case DRAFT, RUNNING, PAUSED -> true;
            case CANCELLED, COMPLETED -> false;
        };
    }

    public Campaign launched(Assistant assistant, Instant now) {
        return changed(Optional.of(assistant), CampaignStatus.RUNNING, now, Optional.of(now), endedAt);
    }

    public Campaign withStatus(CampaignStatus next, Instant now) {
        return changed(snapshot, next, now, launchedAt, endedAt);
    }

    /** With nothing left to do: a running one is completed. */
    public Campaign ended(Instant now) {
        CampaignStatus last = status == CampaignStatus.RUNNING ? CampaignStatus.COMPLETED : status;
        return changed(snapshot, last, now, launchedAt, Optional.of(now));
    }

    private Campaign changed(
            Optional<Assistant> assistant,
            CampaignStatus next,
            Instant now,
            Optional<Instant> launched,
            Optional<Instant> ended) {
        return new Campaign(key, spec, assistant, next, createdAt, now, launched, ended, version + 1);
    }

    @Override
    public String toString() {
        return "Campaign[" + key.id() + ", " + status + ", version=" + version + "]";
    }
}
