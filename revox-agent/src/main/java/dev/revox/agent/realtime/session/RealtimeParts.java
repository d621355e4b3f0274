package dev.revox.agent.realtime.session;

import dev.revox.agent.fallback.Breaker;
import dev.revox.agent.fallback.Deadlines;
import dev.revox.agent.prompt.Phrases;
import dev.revox.agent.realtime.RealtimeDeadlines;
import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.speech.VoiceChoice;
import dev.revox.agent.tool.Toolset;
import dev.revox.agent.turn.TurnSettings;
import java.util.List;
import java.util.Optional;

/**
 * What a conversation is made of.
 *
 * <p><b>Thread:</b> Immutable; the breaker is shared by all conversations of an agent.
 *
 * @param modelId as the provider names it
 * @param voice the provider's voice, its own choice when empty
 * @param voices other voices, for the few words that must be said when the model cannot; may be none
 * @param phoneRules whether rules for phone talk are added to the assistant's prompt
 */
public record RealtimeParts(
        RealtimeModel model,
        String modelId,
        Optional<String> voice,
        RealtimeDeadlines deadlines,
        List<VoiceChoice> voices,
        Breaker breaker,
        Deadlines voiceDeadlines,
        TurnSettings turns,
        Phrases phrases,
        boolean phoneRules,
        Toolset tools) {

    public RealtimeParts {
        voices = List.copyOf(voices);
    }
}
