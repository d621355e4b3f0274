/**
 * Calls as traces. Door: {@link dev.revox.telemetry.opentelemetry.CallTraces}; the only room that knows OpenTelemetry, which the
 * host brings.
 */
@NullMarked
package dev.revox.telemetry.opentelemetry;

import org.jspecify.annotations.NullMarked;
