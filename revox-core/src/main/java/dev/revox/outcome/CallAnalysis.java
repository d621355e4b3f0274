package dev.revox.outcome;

import dev.revox.attempt.CallOutcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the analysis found.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param structuredOutput one member per configured field that was found; empty without configuration
 */
public record CallAnalysis(
        Optional<CallOutcome> outcome, Optional<String> summary, Map<String, Object> structuredOutput) {

    public static final CallAnalysis NONE = new CallAnalysis(Optional.empty(), Optional.empty(), Map.of());

    public CallAnalysis {
        structuredOutput = Collections.unmodifiableMap(new LinkedHashMap<>(structuredOutput));
    }

    @Override
    public String toString() {
        return "CallAnalysis[" + outcome + "]";
    }
}
