package dev.revox.assistant;

import dev.revox.assistant.tool.DataField;
import java.util.List;
import java.util.Optional;

/**
 * What is drawn from the transcript after the call.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record Analysis(List<DataField> structuredOutput, Optional<String> structuredOutputPrompt) {

    public static final Analysis NONE = new Analysis(List.of(), Optional.empty());

    public Analysis {
        structuredOutput = List.copyOf(structuredOutput);
    }

    @Override
    public String toString() {
        return "Analysis[" + structuredOutput.size() + " fields]";
    }
}
