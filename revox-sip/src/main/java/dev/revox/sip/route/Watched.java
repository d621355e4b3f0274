package dev.revox.sip.route;

import dev.revox.sip.location.Target;
import dev.revox.sip.location.TargetHealth;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ResponseSink;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Notes how a target did, and hands everything on. <b>Thread:</b> called on the stack's threads. */
final class Watched implements ResponseSink {

    private static final Pattern SECONDS = Pattern.compile("^\\s*([0-9]{1,9})\\b.*");

    private final ResponseSink sink;
    private final Target target;
    private final TargetHealth health;
    private volatile boolean provisionalSeen;

    Watched(ResponseSink sink, Target target, Routes routes) {
        this.sink = sink;
        this.target = target;
        this.health = routes.health();
    }

    @Override
    public void onResponse(IncomingResponse response) {
        if (response.status() == 503) {
            // RFC 3261 §21.5.4. Without Retry-After it may be tried again at once, by the next call.
            health.holdBack(target, retryAfter(response));
        } else if (!response.provisional()) {
            health.isWell(target);
        }
        provisionalSeen |= response.provisional();
        sink.onResponse(response);
    }

    private static Duration retryAfter(IncomingResponse response) {
        Matcher seconds = SECONDS.matcher(response.frame().first("Retry-After").orElse(""));
        return seconds.matches() ? Duration.ofSeconds(Long.parseLong(seconds.group(1))) : Duration.ZERO;
    }

    @Override
    public void onTimeout() {
        if (!provisionalSeen) {
            health.holdBack(target, TargetHealth.AFTER_FAILURE);
        }
        sink.onTimeout();
    }

    @Override
    public void onTransportError() {
        health.holdBack(target, TargetHealth.AFTER_FAILURE);
        sink.onTransportError();
    }
}
