package dev.revox.telemetry.opentelemetry;

import io.opentelemetry.api.common.AttributeKey;

/**
 * Names of attributes: OpenTelemetry's for generative AI where it has one, else our own.
 *
 * <p><b>Spec:</b> OpenTelemetry semantic conventions for generative AI, 1.41 (in development).
 */
final class Keys {

    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    static final AttributeKey<String> CONVERSATION = AttributeKey.stringKey("gen_ai.conversation.id");
    static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
    static final AttributeKey<String> TOOL = AttributeKey.stringKey("gen_ai.tool.name");
    /** Seconds. */
    static final AttributeKey<Double> FIRST_CHUNK = AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk");

    static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    static final AttributeKey<String> ORDER = AttributeKey.stringKey("revox.order.id");
    static final AttributeKey<String> ATTEMPT = AttributeKey.stringKey("revox.attempt.id");
    static final AttributeKey<String> DIRECTION = AttributeKey.stringKey("revox.direction");
    static final AttributeKey<String> STATUS = AttributeKey.stringKey("revox.attempt.status");
    static final AttributeKey<String> RESULT = AttributeKey.stringKey("revox.attempt.result");
    static final AttributeKey<String> DIAL_ERROR = AttributeKey.stringKey("revox.attempt.dial_error");
    static final AttributeKey<String> ENDED_BY = AttributeKey.stringKey("revox.attempt.ended_by");
    static final AttributeKey<String> END_REASON = AttributeKey.stringKey("revox.attempt.end_reason");
    static final AttributeKey<String> CODEC = AttributeKey.stringKey("revox.media.codec");
    static final AttributeKey<Double> LOSS = AttributeKey.doubleKey("revox.media.loss");
    static final AttributeKey<Double> MOS = AttributeKey.doubleKey("revox.media.mos");
    /** Seconds. */
    static final AttributeKey<Double> JITTER = AttributeKey.doubleKey("revox.media.jitter");

    static final AttributeKey<Long> TURN = AttributeKey.longKey("revox.turn.number");
    static final AttributeKey<Boolean> ANSWERED = AttributeKey.booleanKey("revox.turn.answered");
    /** Seconds. */
    static final AttributeKey<Double> LATENCY = AttributeKey.doubleKey("revox.turn.latency");

    static final AttributeKey<Boolean> USED = AttributeKey.booleanKey("revox.answer.used");

    private Keys() {}
}
