package dev.revox.wire.stored;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.LlmModel;
import dev.revox.order.CampaignRef;
import dev.revox.order.ConcurrencyLimit;
import dev.revox.order.Direction;
import dev.revox.order.PlacedOrder;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.RecipientZones;
import dev.revox.schedule.RetryPolicy;
import dev.revox.secret.Secret;
import dev.revox.wire.json.Nodes;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** What never changes of an order, without its assistant's content. <b>Thread:</b> Immutable. */
final class OrderForm {
    /** Thousands of orders are read in one go, and most of them have the same few policies. */
    private static final Cache<JsonNode, RetryPolicy> POLICIES =
            Caffeine.newBuilder().maximumSize(256).build();

    private OrderForm() {}

    static ObjectNode write(PlacedOrder order) {
        ObjectNode json = Nodes.object();
        json.put("id", order.id());
        json.put("direction", order.direction().name());
        json.put("to", order.to().e164());
        json.put("forceNow", order.forceNow());
        Forms.put(json, "scheduledAt", order.scheduledAt());
        order.concurrency()
                .ifPresent(limit ->
                        json.putObject("concurrency").put("key", limit.key()).put("max", limit.max()));
        json.set("variables", Nodes.textMap(order.promptVariables()));
        json.set("metadata", Nodes.textMap(order.metadata()));
        Forms.put(json, "organization", order.organizationId());
        Forms.put(json, "idempotencyKey", order.idempotencyKey());
        order.campaign()
                .ifPresent(owner ->
                        json.putObject("campaign").put("id", owner.id()).put("name", owner.name()));
        json.set("assistant", identity(order.assistant()));
        Forms.number(json, "from", order.from());
        json.set("policy", Forms.policy(order.retryPolicy()));
        json.set("model", model(order.model()));
        json.put("delay", order.firstSentenceDelay().toString());
        json.set("zones", Forms.zones(order.zones().zones()));
        json.set("principalZones", Forms.zones(order.zones().principalZones()));
        json.put("createdAt", order.createdAt().toString());
        return json;
    }

    private static ObjectNode identity(Assistant assistant) {
        return Nodes.object()
                .put("id", assistant.id())
                .put("createdAt", assistant.createdAt().toString())
                .put("updatedAt", assistant.updatedAt().toString());
    }

    private static ObjectNode model(LlmModel model) {
        ObjectNode json = Nodes.object();
        switch (model) {
            case LlmModel.Dedicated dedicated -> json.put("type", "dedicated").put("name", dedicated.name());
            case LlmModel.OpenRouter router ->
                json.put("type", "openrouter").put("model", router.modelId()).put("provider", router.provider());
            case LlmModel.Custom custom ->
                json.put("type", "custom")
                        .put("key", custom.apiKey().reveal())
                        .put("url", custom.apiUrl().toString())
                        .put("model", custom.modelName());
            case LlmModel.Realtime realtime -> {
                json.put("type", "realtime")
                        .put("provider", realtime.provider().name())
                        .put("model", realtime.modelId());
                Forms.put(json, "voice", realtime.voiceId());
            }
        }
        return json;
    }

    static PlacedOrder read(JsonNode json, Assistant content, OrderState state) {
        String created = Forms.text(json, "createdAt");
        Instant createdAt = Instant.parse(created);
        return new PlacedOrder(
                Forms.text(json, "id"),
                Direction.valueOf(Forms.text(json, "direction")),
                PhoneNumber.of(Forms.text(json, "to")),
                json.required("forceNow").booleanValue(),
                Forms.instant(json, "scheduledAt"),
                Optional.ofNullable(json.get("concurrency"))
                        .map(limit -> new ConcurrencyLimit(
                                Forms.text(limit, "key"), limit.required("max").intValue())),
                Forms.texts(json.required("variables")),
                Forms.texts(json.required("metadata")),
                Forms.maybeText(json, "organization"),
                Forms.maybeText(json, "idempotencyKey"),
                Optional.ofNullable(json.get("campaign"))
                        .map(owner -> new CampaignRef(Forms.text(owner, "id"), Forms.text(owner, "name"))),
                identified(content, json.required("assistant"), created, createdAt),
                Forms.maybeText(json, "from").map(PhoneNumber::of),
                POLICIES.get(json.required("policy"), Forms::policy),
                model(json.required("model")),
                Duration.parse(Forms.text(json, "delay")),
                new RecipientZones(
                        Forms.list(json.required("zones"), zone -> ZoneId.of(zone.textValue())),
                        Forms.list(json.required("principalZones"), zone -> ZoneId.of(zone.textValue()))),
                state.status(),
                state.paused(),
                state.outcome(),
                state.outcomeSummary(),
                createdAt,
                state.updatedAt(),
                state.version());
    }

    /** An order's own assistant was made with it, so that its instants are those of the order and need not be parsed again. */
    private static Assistant identified(Assistant content, JsonNode json, String orderCreated, Instant orderCreatedAt) {
        String created = Forms.text(json, "createdAt");
        String updated = Forms.text(json, "updatedAt");
        Instant createdAt = created.equals(orderCreated) ? orderCreatedAt : Instant.parse(created);
        Instant updatedAt = updated.equals(created) ? createdAt : Instant.parse(updated);
        return content.toBuilder()
                .identity(Forms.text(json, "id"), createdAt, updatedAt)
                .build();
    }

    private static LlmModel model(JsonNode json) {
        String type = Forms.text(json, "type");
        return switch (type) {
            case "dedicated" -> new LlmModel.Dedicated(Forms.text(json, "name"));
            case "openrouter" -> new LlmModel.OpenRouter(Forms.text(json, "model"), Forms.text(json, "provider"));
            case "custom" ->
                new LlmModel.Custom(
                        Secret.of(Forms.text(json, "key")),
                        URI.create(Forms.text(json, "url")),
                        Forms.text(json, "model"));
            case "realtime" ->
                new LlmModel.Realtime(
                        LlmModel.RealtimeProvider.valueOf(Forms.text(json, "provider")),
                        Forms.text(json, "model"),
                        Forms.maybeText(json, "voice"));
            default -> throw new IllegalArgumentException("unknown type of model");
        };
    }
}
