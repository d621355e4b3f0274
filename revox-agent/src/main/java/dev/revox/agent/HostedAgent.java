package dev.revox.agent;

import dev.revox.RevoxException;
import dev.revox.agent.analysis.TranscriptAnalyzer;
import dev.revox.agent.cascade.AgentParts;
import dev.revox.agent.cascade.CascadedConversation;
import dev.revox.agent.dialogue.ContextSettings;
import dev.revox.agent.fallback.Breaker;
import dev.revox.agent.fallback.Deadlines;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.prompt.Phrases;
import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.realtime.session.RealtimeParts;
import dev.revox.agent.realtime.talk.RealtimeConversation;
import dev.revox.agent.stt.SpeechToText;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.turn.TurnSettings;
import dev.revox.assistant.LlmModel;
import dev.revox.audio.turn.EndOfTurnModel;
import dev.revox.conversation.AgentSignal;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationSetup;
import dev.revox.conversation.VoiceAgent;
import dev.revox.outcome.OutcomeAnalyzer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The agent behind {@link VoiceAgents}. <b>Thread:</b> Thread-safe. */
final class HostedAgent implements VoiceAgent {

    private static final System.Logger LOG = System.getLogger("dev.revox.agent");

    private final Models models;
    private final RealtimeModels realtimeModels;
    private final List<SpeechToText> recognisers;
    private final Voices voices;
    private final Breaker breaker;
    private final Deadlines deadlines;
    private final TurnSettings turnSettings;
    private final Phrases phrases;
    private final boolean phoneRules;
    private final ContextSettings context;
    private final Tools tools;
    private final Optional<EndOfTurnModel> endOfTurn;
    private final List<AutoCloseable> owned;
    private final OutcomeAnalyzer analyzer;
    private boolean closed;

    HostedAgent(
            Models models,
            RealtimeModels realtimeModels,
            List<SpeechToText> recognisers,
            Voices voices,
            TurnSettings turnSettings,
            Deadlines deadlines,
            Phrases phrases,
            boolean phoneRules,
            ContextSettings context,
            Tools tools,
            Optional<EndOfTurnModel> endOfTurn,
            List<AutoCloseable> owned) {
        this.models = models;
        this.realtimeModels = realtimeModels;
        this.recognisers = List.copyOf(recognisers);
        this.voices = voices;
        this.turnSettings = turnSettings;
        this.deadlines = deadlines;
        this.phrases = phrases;
        this.phoneRules = phoneRules;
        this.context = context;
        this.tools = tools;
        this.endOfTurn = endOfTurn;
        this.owned = List.copyOf(owned);
        this.breaker = new Breaker(deadlines.keepOut());
        this.analyzer = new TranscriptAnalyzer(models::forCall);
    }

    @Override
    public void warmUp() {
        models.configured().forEach(LanguageModel::warmUp);
        realtimeModels.all().forEach(RealtimeModel::warmUp);
        recognisers.forEach(SpeechToText::warmUp);
        voices.synthesisers().forEach(TextToSpeech::warmUp);
        tools.warmUp();
        endOfTurn.ifPresent(EndOfTurnModel::warmUp);
    }

    @Override
    public Conversation open(ConversationSetup setup, Consumer<AgentSignal> mailbox) {
        Optional<LlmModel> wanted = setup.model().or(() -> setup.assistant().model());
        return wanted.orElse(null) instanceof LlmModel.Realtime realtime
                ? new RealtimeConversation(setup, parts(realtime, setup), mailbox)
                : new CascadedConversation(setup, parts(wanted, setup), mailbox);
    }

    private RealtimeParts parts(LlmModel.Realtime wanted, ConversationSetup setup) {
        return new RealtimeParts(
                realtimeModels.of(wanted),
                wanted.modelId(),
                wanted.voiceId(),
                realtimeModels.deadlines(),
                voices.lastResort(setup.assistant().voice()),
                breaker,
                deadlines,
                turnSettings,
                phrases,
                phoneRules,
                tools.forAssistant(setup.assistant()));
    }

    private AgentParts parts(Optional<LlmModel> wanted, ConversationSetup setup) {
        if (recognisers.isEmpty()) {
            throw new RevoxException(
                    "VoiceAgents: only realtime models can hold a call of this agent; call speechToText(...) for others",
                    false);
        }
        return new AgentParts(
                models.forCall(wanted),
                recognisers,
                voices.forAssistant(setup.assistant().voice()),
                breaker,
                deadlines,
                turnSettings,
                phrases,
                phoneRules,
                context,
                tools.forAssistant(setup.assistant()),
                endOfTurn);
    }

    @Override
    public OutcomeAnalyzer analyzer() {
        return analyzer;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (AutoCloseable resource : owned) {
            try {
                resource.close();
            } catch (Exception e) {
                // One that cannot be closed must not keep the others open.
                LOG.log(
                        System.Logger.Level.WARNING,
                        "a provider could not be closed: {0}",
                        e.getClass().getName());
            }
        }
    }
}
