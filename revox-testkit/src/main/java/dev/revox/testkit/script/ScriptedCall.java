package dev.revox.testkit.script;

import dev.revox.agent.VoiceAgents;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.tts.cache.SpeechCacheSettings;
import dev.revox.agent.turn.TurnSettings;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.AssistantBuilder;
import dev.revox.assistant.LlmModel;
import dev.revox.assistant.LlmModel.RealtimeProvider;
import dev.revox.assistant.sound.Ambience;
import dev.revox.assistant.sound.FirstSentenceMode;
import dev.revox.assistant.sound.Speaking;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationEvent;
import dev.revox.conversation.ConversationSetup;
import dev.revox.conversation.TurnLatency;
import dev.revox.conversation.VoiceAgent;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.order.Direction;
import dev.revox.testkit.script.provider.ScriptedModel;
import dev.revox.testkit.script.provider.ScriptedModel.Answer;
import dev.revox.testkit.script.provider.ScriptedModel.Ending;
import dev.revox.testkit.script.provider.ScriptedRealtime;
import dev.revox.testkit.script.provider.ScriptedRecogniser;
import dev.revox.testkit.script.provider.ScriptedTool;
import dev.revox.testkit.script.provider.ScriptedTurnModel;
import dev.revox.testkit.script.provider.ScriptedVoice;
import dev.revox.testkit.script.provider.WordCodes;
import dev.revox.testkit.script.provider.Work;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The script of one call: what the person says and when, what the providers do, and what goes wrong. {@link #run} plays it in
 * virtual time, in milliseconds, and gives the timeline to be asserted.
 *
 * <p>Words travel as sound: the scripted recogniser reads them from the frames that reach it and the scripted mouth writes down
 * which of the agent's words really left. The dial starts at 0, the answer comes one second later, and every time in a script
 * counts from the answer.
 *
 * <p><b>Thread:</b> Confined to its caller.
 */
public final class ScriptedCall {

    private static final Duration LONGEST_LAST_WORDS = Duration.ofSeconds(5);
    private static final Duration RINGS = Duration.ofSeconds(1);
    private static final Duration SPEECH_NOTICED_AFTER = Duration.ofMillis(50);
    private static final Duration PAUSE_NOTICED_AFTER = Duration.ofMillis(70);
    private static final Duration PAUSE_CONFIRMED_AFTER = Duration.ofMillis(120);
    private static final Duration SILENCE_NOTICED_AFTER = Duration.ofMillis(350);

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-02T09:00:00Z"));
    private final Work.Meter meter = new Work.Meter();
    private final WordCodes codes = new WordCodes();
    private final ScriptedWorld world = new ScriptedWorld(time);
    private final ScriptedModel model = new ScriptedModel(time, meter);
    private final ScriptedVoice voice = new ScriptedVoice("scripted-tts", time, meter, codes);
    private final ScriptedVoice secondVoice = new ScriptedVoice("second-tts", time, meter, codes);
    private final ScriptedRecogniser recogniser = new ScriptedRecogniser(time, meter, codes);
    private final ScriptedRealtime realtime = new ScriptedRealtime(time, meter, codes);
    private final List<Runnable> afterAnswer = new ArrayList<>();

    private final AssistantBuilder assistant =
            Assistant.prompt("You confirm appointments.").firstSentenceMode(FirstSentenceMode.NONE);
    private Duration firstSentenceDelay = Speaking.DEFAULT_FIRST_SENTENCE_DELAY;
    private TurnSettings settings = TurnSettings.DEFAULT;
    private boolean hasSecondVoice;
    private boolean isRealtime;
    private boolean hasOtherVoices = true;
    private final List<Consumer<VoiceAgents.Builder>> agentDetails = new ArrayList<>();
    private final Map<String, String> variables = new LinkedHashMap<>();

    private ScriptedCall() {}

    /** A call in which nobody says anything yet and the agent waits for the user. */
    public static ScriptedCall script() {
        return new ScriptedCall();
    }

    public ScriptedCall prompt(String text) {
        assistant.prompt(text);
        return this;
    }

    public ScriptedCall firstSentence(String text) {
        assistant.firstSentence(text).firstSentenceMode(FirstSentenceMode.STATIC);
        return this;
    }

    /** The first sentence comes from the model, by the script's first answer. */
    public ScriptedCall generatedFirstSentence(String instruction) {
        assistant.firstSentence(instruction).firstSentenceMode(FirstSentenceMode.GENERATED);
        return this;
    }

    public ScriptedCall firstSentenceDelay(Duration delay) {
        firstSentenceDelay = delay;
        return this;
    }

    public ScriptedCall endOfCallSentence(String text) {
        assistant.endOfCallSentence(text);
        return this;
    }

    public ScriptedCall maxDuration(Duration limit, String message) {
        assistant.maxCallDuration(limit);
        if (!message.isBlank()) {
            assistant.maxDurationEndMessage(message);
        }
        return this;
    }

    public ScriptedCall ambience(Ambience sounds) {
        assistant.ambience(sounds);
        return this;
    }

    public ScriptedCall settings(TurnSettings values) {
        settings = values;
        return this;
    }

    /** The person speaks; the voice detector notices after its usual delays. */
    public ScriptedCall callerSays(Duration at, Duration until, String words) {
        world.ear().plan(micros(at), micros(until), codes.encode(words, micros(until.minus(at))));
        afterAnswer.add(() -> {
            began(at);
            ends(until);
        });
        return this;
    }

    /** The person speaks with a pause that is too short for the voice detector to call it an end. */
    public ScriptedCall callerSays(
            Duration at, Duration pause, Duration goesOn, Duration until, String first, String rest) {
        world.ear().plan(micros(at), micros(pause), codes.encode(first, micros(pause.minus(at))));
        world.ear().plan(micros(goesOn), micros(until), codes.encode(rest, micros(until.minus(goesOn))));
        afterAnswer.add(() -> {
            began(at);
            pauses(pause, goesOn);
            after(
                    goesOn.plus(SPEECH_NOTICED_AFTER),
                    () -> post(new LegEvent.SpeechResumed(time.nanoTime(), engine(goesOn))));
            ends(until);
        });
        return this;
    }

    /** The person makes a sound that is no word. */
    public ScriptedCall callerCoughs(Duration at, Duration until) {
        return callerSays(at, until, "");
    }

    public ScriptedCall callerHangsUp(Duration at) {
        afterAnswer.add(() -> after(at, () -> world.end(LegEnd.REMOTE_HANGUP)));
        return this;
    }

    public ScriptedCall engineStops(Duration at, EndedBy by, EndReason reason) {
        afterAnswer.add(() -> after(at, () -> world.post(new ConversationEvent.Stop(by, reason))));
        return this;
    }

    /** The model's next answer. */
    public ScriptedCall llmAnswers(String text, Duration firstToken) {
        model.answers(new Answer(firstToken, text, Optional.empty(), Ending.DONE));
        return this;
    }

    /** The model's next answer, which also calls a tool. */
    public ScriptedCall llmAnswersAndCalls(String text, String tool, String argumentsJson, Duration firstToken) {
        ToolCall call = new ToolCall("call-" + tool, tool, argumentsJson);
        model.answers(new Answer(firstToken, text, Optional.of(call), Ending.DONE));
        return this;
    }

    /** The model's next answer is only a number of tool calls at once. */
    public ScriptedCall llmCalls(List<ToolCall> calls, Duration firstToken) {
        model.answers(new Answer(firstToken, "", calls, Ending.DONE));
        return this;
    }

    /** The agent has this tool. */
    public ScriptedCall tool(ScriptedTool tool) {
        return agent(builder -> builder.tool(tool.on(time, meter)));
    }

    /** The agent asks this model whether turns sound finished. */
    public ScriptedCall endOfTurnModel(ScriptedTurnModel turnModel) {
        return agent(builder -> builder.endOfTurnModel(turnModel.on(time, meter)));
    }

    /** More of the agent: its tools and their settings. Tools run in the script's time. */
    public ScriptedCall agent(Consumer<VoiceAgents.Builder> more) {
        agentDetails.add(more);
        return this;
    }

    /** More of the assistant: its HTTP tools, whether it navigates menus. */
    public ScriptedCall assistant(Consumer<AssistantBuilder> more) {
        more.accept(assistant);
        return this;
    }

    public ScriptedCall variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** The script's own time, for what a tool needs of it. */
    public ManualTime time() {
        return time;
    }

    /** The model's next answer fails after that text. */
    public ScriptedCall llmFails(String text, Duration after) {
        model.answers(new Answer(after, text, Optional.empty(), Ending.FAILED));
        return this;
    }

    /** The model's next answer stops after that text and never ends. */
    public ScriptedCall llmStalls(String text, Duration firstToken) {
        model.answers(new Answer(firstToken, text, Optional.empty(), Ending.STALLED));
        return this;
    }

    /** From the point where the script's answers are used up, the model fails. */
    public ScriptedCall llmThenFailsForGood() {
        model.otherwise(new Answer(Duration.ofMillis(100), "", Optional.empty(), Ending.FAILED));
        return this;
    }

    /** A model that hears and speaks itself holds the call; the other voice is left for a farewell. */
    public ScriptedCall realtime() {
        isRealtime = true;
        return this;
    }

    /** No voice but the model's own. */
    public ScriptedCall withoutOtherVoices() {
        hasOtherVoices = false;
        return this;
    }

    /** The realtime model's next answer. */
    public ScriptedCall answers(String text, Duration firstSound) {
        return realtimeAnswer(text, firstSound, Optional.empty(), ScriptedRealtime.Ending.DONE, Duration.ZERO);
    }

    /** The realtime model's next answer, which also calls a tool. */
    public ScriptedCall answersAndCalls(String text, String tool, String argumentsJson, Duration firstSound) {
        ToolCall call = new ToolCall("call-" + tool, tool, argumentsJson);
        return realtimeAnswer(text, firstSound, Optional.of(call), ScriptedRealtime.Ending.DONE, Duration.ZERO);
    }

    /** The realtime model's next answer ends badly after so much of its sound. */
    public ScriptedCall breaksOff(
            String text, Duration firstSound, ScriptedRealtime.Ending ending, Duration afterSound) {
        return realtimeAnswer(text, firstSound, Optional.empty(), ending, afterSound);
    }

    private ScriptedCall realtimeAnswer(
            String text, Duration first, Optional<ToolCall> call, ScriptedRealtime.Ending ending, Duration after) {
        realtime.answers(new ScriptedRealtime.Answer(first, text, call, ending, after));
        return this;
    }

    /** The realtime model, to be told more and asked what it was told. */
    public ScriptedRealtime realtimeModel() {
        return realtime;
    }

    public ScriptedCall ttsSpeaks(int charsPerSecond, Duration firstByte) {
        voice.speaks(charsPerSecond, firstByte);
        secondVoice.speaks(charsPerSecond, firstByte);
        return this;
    }

    public ScriptedCall ttsTellsWordTimes() {
        voice.tellsWordTimes();
        secondVoice.tellsWordTimes();
        return this;
    }

    /** The n-th utterance, from 1, breaks off after so much sound. */
    public ScriptedCall ttsFails(int utterance, Duration afterSound) {
        voice.fault(utterance, new ScriptedVoice.Fault(afterSound, false));
        return this;
    }

    /** The n-th utterance, from 1, stalls after so much sound. */
    public ScriptedCall ttsStalls(int utterance, Duration afterSound) {
        voice.fault(utterance, new ScriptedVoice.Fault(afterSound, true));
        return this;
    }

    public ScriptedCall ttsIsDead() {
        voice.dies();
        return this;
    }

    /** Another voice takes over when the first fails. */
    public ScriptedCall withSecondVoice() {
        hasSecondVoice = true;
        return this;
    }

    public ScriptedCall sttNeeds(Duration delay) {
        recogniser.needs(delay);
        return this;
    }

    public ScriptedCall sttGivesInterims() {
        recogniser.givesInterims();
        return this;
    }

    /** Recognition gives no words before the voice detector hears an end. */
    public ScriptedCall sttWaitsForTheEnd() {
        recogniser.waitsForTheEnd();
        return this;
    }

    public ScriptedCall sttSaysNothing() {
        recogniser.mood(ScriptedRecogniser.Mood.SAYS_NOTHING);
        return this;
    }

    public ScriptedCall sttFails() {
        recogniser.mood(ScriptedRecogniser.Mood.FAILS);
        return this;
    }

    /** The first streams break at the end of their first utterance; later ones work. */
    public ScriptedCall sttFailsFirstStreams(int count) {
        recogniser.failFirstStreams(count);
        return this;
    }

    /** Plays the script until the call is over, or for so long after the answer; then the person hangs up. */
    public CallTimeline run(Duration longest) {
        try (VoiceAgent agent = agent()) {
            Conversation conversation = agent.open(setup(), world::mailbox);
            world.host(conversation);
            world.post(new ConversationEvent.Dialling());
            time.advance(RINGS);
            world.answer();
            afterAnswer.forEach(Runnable::run);
            time.advance(longest);
            world.end(LegEnd.REMOTE_HANGUP);
            time.settle();
            if (!world.over()) {
                time.advance(LONGEST_LAST_WORDS);
            }
            return timeline(conversation);
        }
    }

    private VoiceAgent agent() {
        // Sound that is said twice would have the same words twice, and a script tells words by their sound.
        VoiceAgents.Builder builder =
                VoiceAgents.builder().settings(settings).toolExecutor(time).speechCache(SpeechCacheSettings.OFF);
        if (isRealtime) {
            builder.realtimeModel(RealtimeProvider.OPENAI, realtime);
        }
        if (!hasOtherVoices) {
            return builder.build();
        }
        builder.languageModel(model)
                .speechToText(recogniser)
                .textToSpeech(VoiceProvider.CARTESIA, voice)
                .defaultVoice(Voice.of(VoiceProvider.CARTESIA, "scripted"));
        agentDetails.forEach(detail -> detail.accept(builder));
        if (hasSecondVoice) {
            builder.textToSpeech(VoiceProvider.ELEVENLABS, secondVoice)
                    .fallbackVoice(Voice.of(VoiceProvider.ELEVENLABS, "second"));
        }
        return builder.build();
    }

    private ConversationSetup setup() {
        return new ConversationSetup(
                "order-1",
                "attempt-1",
                Direction.OUTBOUND,
                assistant
                        .identity("assistant-1", time.instant(), time.instant())
                        .firstSentenceDelay(firstSentenceDelay)
                        .build(),
                isRealtime
                        ? Optional.of(new LlmModel.Realtime(RealtimeProvider.OPENAI, "scripted", Optional.of("marin")))
                        : Optional.empty(),
                firstSentenceDelay,
                variables,
                Optional.empty(),
                Optional.empty(),
                ZoneOffset.UTC,
                time);
    }

    private CallTimeline timeline(Conversation conversation) {
        List<CallTimeline.Given> commands = world.commands().stream()
                .map(given -> new CallTimeline.Given(
                        Duration.ofNanos(given.atNanos() - world.answeredNanos()), given.command()))
                .toList();
        List<String> played = new ArrayList<>();
        world.mouth().playedMicros().forEach((code, micros) -> {
            long full = voice.fullMicros(code) + secondVoice.fullMicros(code) + realtime.fullMicros(code);
            // Two milliseconds for rounding.
            if (code != 0 && micros + 2_000 >= full) {
                played.add(codes.word(code));
            }
        });
        conversation.result().turns().forEach(ScriptedCall::checkStages);
        return new CallTimeline(
                conversation.result(),
                commands,
                played,
                Duration.ofNanos(world.endedNanos() - world.answeredNanos()),
                Duration.ofNanos(world.longestQuietNanos()),
                model.requests(),
                meter.open(),
                world.armedTimers());
    }

    /** In every script: the stages of an answer are its whole time, from the last sound to the first packet. */
    private static void checkStages(TurnLatency turn) {
        long spoken = turn.milestones().getOrDefault(TurnLatency.Milestone.SPEECH_END, 0L);
        long last = turn.milestones().values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(spoken);
        if (turn.total().toNanos() != last - spoken) {
            throw new AssertionError("the stages of turn " + turn.turn() + " sum to " + turn.total() + ", not to "
                    + Duration.ofNanos(last - spoken));
        }
    }

    private void began(Duration at) {
        after(at.plus(SPEECH_NOTICED_AFTER), () -> post(new LegEvent.SpeechStarted(time.nanoTime(), engine(at))));
    }

    private void pauses(Duration at, Duration until) {
        if (until.minus(at).compareTo(PAUSE_NOTICED_AFTER) > 0) {
            after(
                    at.plus(PAUSE_NOTICED_AFTER),
                    () -> post(new LegEvent.SpeechPaused(time.nanoTime(), engine(at), false)));
        }
        if (until.minus(at).compareTo(PAUSE_CONFIRMED_AFTER) > 0) {
            after(
                    at.plus(PAUSE_CONFIRMED_AFTER),
                    () -> post(new LegEvent.SpeechPaused(time.nanoTime(), engine(at), true)));
        }
    }

    private void ends(Duration at) {
        pauses(at, at.plus(SILENCE_NOTICED_AFTER));
        after(at.plus(SILENCE_NOTICED_AFTER), () -> post(new LegEvent.SpeechEnded(time.nanoTime(), engine(at))));
    }

    private long engine(Duration sinceAnswer) {
        return world.answeredNanos() + sinceAnswer.toNanos();
    }

    private void after(Duration delay, Runnable action) {
        var unused = time.schedule(delay, action);
    }

    private void post(LegEvent event) {
        if (!world.over()) {
            world.post(new ConversationEvent.FromLeg(event));
        }
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
