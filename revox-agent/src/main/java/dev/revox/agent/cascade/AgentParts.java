package dev.revox.agent.cascade;

import dev.revox.agent.dialogue.ContextSettings;
import dev.revox.agent.fallback.Breaker;
import dev.revox.agent.fallback.Deadlines;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.prompt.Phrases;
import dev.revox.agent.speech.VoiceChoice;
import dev.revox.agent.stt.SpeechToText;
import dev.revox.agent.tool.Toolset;
import dev.revox.agent.turn.TurnSettings;
import dev.revox.audio.turn.EndOfTurnModel;
import java.util.List;
import java.util.Optional;

/**
 * What a conversation is made of: providers in the order in which they are tried, and how it behaves.
 *
 * <p><b>Thread:</b> Immutable; the breaker is shared by all conversations of an agent.
 *
 * @param phoneRules whether rules for phone talk are added to the assistant's prompt
 * @param context how much of a long call the model is told
 * @param tools what the model may call in this call
 * @param endOfTurn a judge of whether turns sound finished
 */
public record AgentParts(
        List<LanguageModel> models,
        List<SpeechToText> recognisers,
        List<VoiceChoice> voices,
        Breaker breaker,
        Deadlines deadlines,
        TurnSettings turns,
        Phrases phrases,
        boolean phoneRules,
        ContextSettings context,
        Toolset tools,
        Optional<EndOfTurnModel> endOfTurn) {

    public AgentParts {
        models = List.copyOf(models);
        recognisers = List.copyOf(recognisers);
        voices = List.copyOf(voices);
    }
}
