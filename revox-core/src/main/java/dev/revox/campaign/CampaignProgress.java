package dev.revox.campaign;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many contacts of a campaign stand where.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record CampaignProgress(Map<ContactState, Long> counts) {
    public CampaignProgress {
        EnumMap<ContactState, Long> all = new EnumMap<>(ContactState.class);
        all.putAll(counts);
        counts = Collections.unmodifiableMap(all);
    }

    public long count(ContactState state) {
        return counts.getOrDefault(state, 0L);
    }

    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    public long pending() {
        return count(ContactState.PENDING);
    }

    /** Contacts with an order that is not settled. */
    public long open() {
        return placed() + inCall() + retrying() + held();
    }

    public long placed() {
        return count(ContactState.PLACED);
    }

    public long inCall() {
        return count(ContactState.IN_CALL);
    }

    public long retrying() {
        return count(ContactState.RETRYING);
    }

    public long held() {
        return count(ContactState.HELD);
    }

    public long reached() {
        return count(ContactState.REACHED);
    }

    public long notReached() {
        return count(ContactState.NOT_REACHED);
    }

    public long failed() {
        return count(ContactState.FAILED);
    }

    public long rejected() {
        return count(ContactState.REJECTED);
    }

    public long cancelled() {
        return count(ContactState.CANCELLED);
    }
}
