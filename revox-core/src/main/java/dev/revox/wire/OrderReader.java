package dev.revox.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.revox.order.CallOrder;
import dev.revox.order.ConcurrencyLimit;
import dev.revox.order.InvalidOrderException;
import dev.revox.order.rules.OrderRules;
import dev.revox.order.rules.Review;
import dev.revox.order.rules.Warning;
import dev.revox.phone.PhoneNumber;
import dev.revox.wire.assistant.AssistantReader;
import dev.revox.wire.json.JsonText;
import dev.revox.wire.json.Members;
import dev.revox.wire.json.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the body that the call API page describes, and finds everything that is wrong with it at once.
 *
 * <p>The form (types, names, enumerated values) is checked here, the content by the {@link OrderRules} that also judge orders
 * built in Java. Limits keep hostile bodies small: {@value #MAX_BODY_BYTES} bytes, 32 levels, 262144 characters per string.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class OrderReader {

    /** The largest body, in bytes of UTF-8. */
    public static final int MAX_BODY_BYTES = 1_048_576;

    /** Stands for a number that could not be read, so that all the rest can still be checked. */
    private static final PhoneNumber UNREADABLE = PhoneNumber.of("+12125550100");

    private final OrderRules rules;
    private final boolean strict;
    private final JsonText json = new JsonText(MAX_BODY_BYTES);

    private OrderReader(OrderRules rules, boolean strict) {
        this.rules = rules;
        this.strict = strict;
    }

    /** A reader for which unknown members are errors. */
    public static OrderReader strict(OrderRules rules) {
        return new OrderReader(rules, true);
    }

    /** A reader for which unknown members are warnings. */
    public static OrderReader lenient(OrderRules rules) {
        return new OrderReader(rules, false);
    }

    /**
     * Reads a body.
     *
     * @throws InvalidOrderException with all violations
     */
    public ReadOrder read(String body) {
        return read(body, Optional.empty(), Optional.empty());
    }

    /**
     * Reads a body of one of the host's tenants.
     *
     * @throws InvalidOrderException with all violations
     */
    public ReadOrder read(String body, Optional<String> organizationId, Optional<String> idempotencyKey) {
        Problems problems = new Problems(strict);
        CallOrder order = json.read(body, problems)
                .map(root -> order(root, problems, organizationId, idempotencyKey))
                .orElseThrow(() -> new InvalidOrderException(problems.violations()));
        Review review = rules.review(order);
        problems.addUnlessCovered(review.violations());
        if (!problems.violations().isEmpty()) {
            throw new InvalidOrderException(problems.violations());
        }
        List<Warning> warnings = new ArrayList<>(problems.warnings());
        warnings.addAll(review.warnings());
        return new ReadOrder(order, review, warnings);
    }

    private static CallOrder order(
            JsonNode root, Problems problems, Optional<String> organizationId, Optional<String> idempotencyKey) {
        Members members = Members.of(root, "$", problems);
        members.require("phone_number");
        CallOrder order = new CallOrder(
                members.phoneNumber("phone_number").orElse(UNREADABLE),
                members.object("assistant").map(AssistantReader::request),
                members.text("assistant_id"),
                members.phoneNumber("from_phone_number"),
                members.bool("force_now").orElse(false),
                members.instant("scheduled_at"),
                members.object("concurrency").map(OrderReader::concurrency),
                members.textMap("prompt_variables"),
                members.textMap("metadata"),
                organizationId,
                idempotencyKey,
                Optional.empty());
        members.finish();
        return order;
    }

    private static ConcurrencyLimit concurrency(Members members) {
        members.require("max");
        String key = members.requiredText("key");
        // More than two thousand million calls at once is no limit at all.
        int max = members.integer("max", 1)
                .map(limit -> (int) Math.min(limit, Integer.MAX_VALUE))
                .orElse(1);
        members.finish();
        return new ConcurrencyLimit(key, max);
    }
}
