package dev.revox.testkit.wire;

import dev.revox.CallEngine;
import dev.revox.CallHandle;
import dev.revox.agent.VoiceAgents;
import dev.revox.agent.llm.openai.OpenAiChatModel;
import dev.revox.agent.stt.deepgram.DeepgramTranscription;
import dev.revox.agent.tts.cartesia.CartesiaSpeech;
import dev.revox.agent.turn.TurnSettings;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.AssistantBuilder;
import dev.revox.assistant.sound.FirstSentenceMode;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.conversation.ConversationNotice;
import dev.revox.event.CallEvent;
import dev.revox.line.CallLine;
import dev.revox.order.CallOrder;
import dev.revox.schedule.RetryPolicy;
import dev.revox.secret.Secret;
import dev.revox.store.StoredAttempt;
import dev.revox.testkit.phone.PhoneCall;
import dev.revox.testkit.phone.PhonePlan;
import dev.revox.testkit.phone.TestPhone;
import dev.revox.testkit.provider.ChatCompletionsServer;
import dev.revox.testkit.provider.ChatScript;
import dev.revox.testkit.provider.socket.CartesiaServer;
import dev.revox.testkit.provider.socket.DeepgramServer;
import dev.revox.testkit.provider.socket.SpeechPace;
import dev.revox.time.SystemTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * One call between an engine and a test telephone: the engine dials over the line that it is given, its recogniser, model and voice
 * are on sockets and always as slow as they are told to be, and the person at the telephone says labelled clips.
 *
 * <p><b>Thread:</b> Confined to its caller.
 */
public final class TalkCall implements AutoCloseable {

    private static final Secret KEY = Secret.of("local-key");
    private static final String ANALYSIS = "{\"outcome\":\"completed\",\"outcome_summary\":\"Talked.\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SystemTime time = SystemTime.start();
    private final LabelledTalk talk = new LabelledTalk(time);
    private final List<ConversationNotice> notices = new CopyOnWriteArrayList<>();
    private final DeepgramServer ear;
    private final ChatCompletionsServer model;
    private final CartesiaServer voice;
    private final TestPhone phone;
    private final CallEngine engine;
    private final PhoneCall call;
    private final CallHandle handle;

    /**
     * How to talk.
     *
     * @param script what the model answers
     * @param tones the agent's voice
     * @param phone changes the telephone
     * @param assistant changes the assistant, who waits for the caller's first words unless told otherwise
     */
    public record Plan(
            ChatScript script,
            WordTones tones,
            ProviderPace pace,
            TurnSettings settings,
            UnaryOperator<PhonePlan> phone,
            UnaryOperator<AssistantBuilder> assistant) {

        /** The usual pace and settings, and the same answer always. */
        public static Plan answering(String text) {
            return new Plan(
                    request -> ChatScript.Answer.text(text),
                    new WordTones(),
                    ProviderPace.USUAL,
                    TurnSettings.DEFAULT,
                    UnaryOperator.identity(),
                    UnaryOperator.identity());
        }

        public Plan script(ChatScript value) {
            return new Plan(value, tones, pace, settings, phone, assistant);
        }

        public Plan tones(WordTones value) {
            return new Plan(script, value, pace, settings, phone, assistant);
        }

        public Plan settings(TurnSettings value) {
            return new Plan(script, tones, pace, value, phone, assistant);
        }

        public Plan phone(UnaryOperator<PhonePlan> change) {
            return new Plan(script, tones, pace, settings, change, assistant);
        }

        public Plan assistant(UnaryOperator<AssistantBuilder> change) {
            return new Plan(script, tones, pace, settings, phone, change);
        }
    }

    /**
     * Places the call and waits until it is up.
     *
     * @param line makes a line to a telephone at that UDP port on loopback
     */
    public TalkCall(Plan plan, IntFunction<CallLine> line) {
        ear = DeepgramServer.steady(time, KEY, talk, plan.pace().words());
        model = ChatCompletionsServer.builder()
                .time(time)
                .key(KEY)
                .script(request -> request.responseSchema().isPresent()
                        ? ChatScript.Answer.text(ANALYSIS)
                        : plan.script().answer(request))
                .firstToken(plan.pace().firstToken())
                .start();
        voice = CartesiaServer.start(
                time, KEY, plan.tones(), new SpeechPace(plan.pace().firstSound(), Duration.ZERO));
        phone = plan.phone().apply(TestPhone.answering(0)).script();
        engine = CallEngine.builder()
                .line(line.apply(phone.port()))
                .agent(providers().settings(plan.settings()).build())
                .listener(event -> {
                    if (event instanceof CallEvent.InConversation news) {
                        notices.add(news.notice());
                    }
                })
                .build();
        AssistantBuilder assistant =
                Assistant.prompt("You help whoever calls.").firstSentenceMode(FirstSentenceMode.NONE);
        handle = engine.place(CallOrder.to("+14155550132")
                .forceNow()
                .assistant(plan.assistant().apply(assistant).build())
                .retryPolicy(RetryPolicy.builder().maxAttempts(1).build())
                .build());
        call = phone.nextCall(PATIENCE);
        call.up().join();
        talk.on(call);
    }

    private VoiceAgents.Builder providers() {
        DeepgramTranscription words = DeepgramTranscription.builder()
                .time(time)
                .apiKey(KEY)
                .baseUrl(ear.baseUrl())
                .build();
        OpenAiChatModel thoughts = OpenAiChatModel.builder()
                .time(time)
                .apiKey(KEY)
                .model("gpt-4.1")
                .baseUrl(model.baseUrl())
                .build();
        CartesiaSpeech speech = CartesiaSpeech.builder()
                .time(time)
                .apiKey(KEY)
                .baseUrl(voice.baseUrl())
                .build();
        return VoiceAgents.builder()
                .speechToText(words)
                .languageModel(thoughts)
                .textToSpeech(VoiceProvider.CARTESIA, speech)
                .defaultVoice(Voice.of(VoiceProvider.CARTESIA, "tones"))
                .closeWithAgent(words)
                .closeWithAgent(thoughts)
                .closeWithAgent(speech);
    }

    public SystemTime time() {
        return time;
    }

    /** The person at the telephone. */
    public LabelledTalk talk() {
        return talk;
    }

    public PhoneCall phone() {
        return call;
    }

    /** What the host was told of the conversation so far. */
    public List<ConversationNotice> notices() {
        return List.copyOf(notices);
    }

    /** What the model was asked so far. */
    public List<ChatScript.Request> modelRequests() {
        return model.requests();
    }

    public int modelCalls() {
        return model.requestCount();
    }

    /** Waits for so long. */
    public void pass(Duration length) {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        var unused = time.schedule(length, () -> passed.complete(null));
        passed.join();
    }

    /** Hangs up and waits until nothing about the call is open. */
    public StoredAttempt end() {
        call.hangUp();
        var unused = handle.report().join();
        return engine.attempts(handle.key()).getFirst();
    }

    @Override
    public void close() {
        engine.close();
        phone.close();
        ear.close();
        model.close();
        voice.close();
        time.close();
    }
}
