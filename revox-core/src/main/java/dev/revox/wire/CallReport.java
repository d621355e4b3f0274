package dev.revox.wire;

import dev.revox.attempt.CallAttempt;
import dev.revox.order.InvalidOrderException;
import dev.revox.order.PlacedOrder;
import dev.revox.wire.json.JsonText;
import dev.revox.wire.json.Problems;
import java.util.List;
import java.util.Optional;

/**
 * A call as the host sees it at one moment: the order and all its attempts, newest first.
 *
 * <p>{@link #toJson()} is the API page's response. Members that are optional there are left out when absent, all others are
 * always present, null where they have no value.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record CallReport(PlacedOrder order, List<CallAttempt> attempts) {

    /** Transcripts make a response larger than any request. */
    private static final int MAX_RESPONSE_BYTES = 64 << 20;

    public CallReport {
        attempts = List.copyOf(attempts);
    }

    /** The attempt made last; empty before the first. */
    public Optional<CallAttempt> lastAttempt() {
        return attempts.stream().findFirst();
    }

    /** The response's JSON, {@code {"call": ...}}, with {@code ****} in place of keys and literal header values. */
    public String toJson() {
        return new ReportWriter(false).write(this);
    }

    /** The response's JSON with every secret readable: for the host's own storage, never for a log or a webhook. */
    public String toJsonWithSecrets() {
        return new ReportWriter(true).write(this);
    }

    /**
     * Reads what {@link #toJson()} or {@link #toJsonWithSecrets()} wrote. What the JSON does not carry (pause flag, concurrency
     * limit, zones, version) has its neutral value.
     *
     * @throws InvalidOrderException with all violations
     */
    public static CallReport parse(String json) {
        Problems problems = new Problems(true);
        CallReport report = new JsonText(MAX_RESPONSE_BYTES)
                .read(json, problems)
                .map(root -> ReportReader.read(root, problems))
                .orElseThrow(() -> new InvalidOrderException(problems.violations()));
        if (!problems.violations().isEmpty()) {
            throw new InvalidOrderException(problems.violations());
        }
        return report;
    }

    @Override
    public String toString() {
        return "CallReport[" + order.id() + ", " + order.status() + ", " + attempts.size() + " attempts]";
    }
}
