/**
 * Calls as metrics. Door: {@link dev.revox.telemetry.micrometer.CallMetrics}; the only room that knows Micrometer, which the host
 * brings.
 */
@NullMarked
package dev.revox.telemetry.micrometer;

import org.jspecify.annotations.NullMarked;
