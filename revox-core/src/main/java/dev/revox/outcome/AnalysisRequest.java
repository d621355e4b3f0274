package dev.revox.outcome;

import dev.revox.assistant.Assistant;
import dev.revox.assistant.LlmModel;
import dev.revox.transcript.TranscriptItem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A finished call to be understood.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param assistant the order's snapshot: structured fields, their prompt, and what the call was about
 * @param model the effective model, empty for the agent's default
 * @param variables the order's variables and built-ins, for the prompt's placeholders
 */
public record AnalysisRequest(
        String orderId,
        String attemptId,
        Assistant assistant,
        Optional<LlmModel> model,
        List<TranscriptItem> transcript,
        Map<String, String> variables) {

    public AnalysisRequest {
        transcript = List.copyOf(transcript);
        variables = Map.copyOf(variables);
    }

    @Override
    public String toString() {
        return "AnalysisRequest[order=" + orderId + ", attempt=" + attemptId + "]";
    }
}
