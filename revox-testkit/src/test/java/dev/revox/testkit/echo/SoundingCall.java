package dev.revox.testkit.echo;

import dev.revox.agent.VoiceAgents;
import dev.revox.agent.tts.cache.SpeechCacheSettings;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.sound.FirstSentenceMode;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.audio.AudioLeg;
import dev.revox.audio.InboundAudio;
import dev.revox.audio.OutboundAudio;
import dev.revox.audio.event.LegEventRelay;
import dev.revox.audio.loop.MediaLoop;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.audio.vad.VoiceActivityPanel;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationCommand;
import dev.revox.conversation.ConversationEvent;
import dev.revox.conversation.ConversationResult;
import dev.revox.conversation.ConversationSetup;
import dev.revox.conversation.VoiceAgent;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.line.MediaReport;
import dev.revox.media.PlayoutEvent;
import dev.revox.order.Direction;
import dev.revox.testkit.script.provider.ScriptedModel;
import dev.revox.testkit.script.provider.Work;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.time.Alarm;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A call in virtual time whose sound is real: the agent's clips leave through a leg's mouth on a media loop without threads, what comes back
 * goes through its ear and voice detector, and the conversation hears and does what it would in a call.
 *
 * <p><b>Thread:</b> Confined to the test's thread.
 */
final class SoundingCall implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-02T09:00:00Z"));
    private final ScriptedModel model = new ScriptedModel(time, new Work.Meter());
    private final MediaLoop loop = new MediaLoop("call", time, deadline -> {});
    private final EchoingWire telephone;
    private final InboundAudio ear;
    private final OutboundAudio mouth;
    private final VoiceAgent agent;
    private final Conversation conversation;
    private final Map<String, Alarm> timers = new HashMap<>();
    private final List<ConversationCommand> commands = new ArrayList<>();
    private int finished;
    private boolean over;

    SoundingCall(EchoingWire telephone, boolean suppressesEcho, String firstSentence, String... answers) {
        this.telephone = telephone;
        LegEventRelay relay = new LegEventRelay(loop.events(), this::tell);
        VoiceActivityPanel voices =
                VoiceActivity.energy("the same on every machine").panel();
        loop.addPoller(voices::judgeDue);
        ear = new InboundAudio(loop, time, ListenSettings.DEFAULT, voices, relay);
        mouth = new OutboundAudio(loop, time, relay);
        loop.add(new AudioLeg(telephone, ear, mouth, relay, suppressesEcho));
        ear.codec("PCMU");
        mouth.codec("PCMU", 20);
        for (String answer : answers) {
            model.answers(new ScriptedModel.Answer(
                    Duration.ofMillis(300), answer, Optional.empty(), ScriptedModel.Ending.DONE));
        }
        agent = VoiceAgents.builder()
                .toolExecutor(time)
                .speechCache(SpeechCacheSettings.OFF)
                .languageModel(model)
                .speechToText(new ClipTranscription(time))
                .textToSpeech(VoiceProvider.CARTESIA, new ClipSpeech(time))
                .defaultVoice(Voice.of(VoiceProvider.CARTESIA, "ada"))
                .build();
        conversation = agent.open(setup(firstSentence), signal -> post(new ConversationEvent.FromAgent(signal)));
        post(new ConversationEvent.Dialling());
        tick();
        ear.answered();
        time.advance(Duration.ofMillis(10));
        post(new ConversationEvent.Connected(new LegEvent.Answered(time.nanoTime(), "PCMU", 8000), ear.openEar()));
    }

    private ConversationSetup setup(String firstSentence) {
        return new ConversationSetup(
                "order-1",
                "attempt-1",
                Direction.OUTBOUND,
                Assistant.prompt("You confirm appointments.")
                        .firstSentence(firstSentence)
                        .firstSentenceMode(FirstSentenceMode.STATIC)
                        .identity("assistant-1", time.instant(), time.instant())
                        .build(),
                Optional.empty(),
                Duration.ofMillis(300),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                ZoneOffset.UTC,
                time);
    }

    private void tick() {
        if (!over) {
            loop.tick(time.nanoTime());
            int unused = loop.dispatchEvents();
            var unusedAlarm = time.schedule(TICK, this::tick);
        }
    }

    private void tell(LegEvent event) {
        if (event instanceof LegEvent.Playout playout && playout.event() instanceof PlayoutEvent.Finished) {
            finished++;
        }
        post(new ConversationEvent.FromLeg(event));
    }

    private void post(ConversationEvent event) {
        time.execute(() -> step(event));
    }

    private void step(ConversationEvent event) {
        if (over) {
            return;
        }
        conversation.on(event, time.nanoTime()).forEach(this::carryOut);
        over = event instanceof ConversationEvent.FromLeg leg && leg.event().terminal();
    }

    private void carryOut(ConversationCommand command) {
        commands.add(command);
        switch (command) {
            case ConversationCommand.Say say -> mouth.say(say.segment(), say.format(), say.frames());
            case ConversationCommand.PausePlayout pause -> mouth.pause();
            case ConversationCommand.ResumePlayout resume -> mouth.resume();
            case ConversationCommand.FlushPlayout flush -> mouth.flush();
            case ConversationCommand.SetTimer timer -> {
                disarm(timer.timer());
                long nanos = Math.max(0, timer.dueNanos() - time.nanoTime());
                timers.put(timer.timer(), time.schedule(Duration.ofNanos(nanos), () -> {
                    timers.remove(timer.timer());
                    step(new ConversationEvent.TimerFired(timer.timer()));
                }));
            }
            case ConversationCommand.CancelTimer timer -> disarm(timer.timer());
            default -> {}
        }
    }

    private void disarm(String timer) {
        Alarm armed = timers.remove(timer);
        if (armed != null) {
            armed.cancel();
        }
    }

    /** Lets so much time pass. */
    void pass(Duration length) {
        time.advance(length);
    }

    /** Lets time pass until the agent has said so many segments to their ends. */
    void agentHasSaid(int segments) {
        until(() -> finished >= segments);
    }

    private void until(BooleanSupplier condition) {
        Instant latest = time.instant().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (time.instant().isAfter(latest)) {
                throw new AssertionError("it did not happen within " + PATIENCE);
            }
            time.advance(Duration.ofMillis(20));
        }
    }

    /** The caller says one of their sentences to its end. */
    void callerSays(String sentence) {
        telephone.say(ClipSet.caller().sentence(sentence).orElseThrow().sound());
        until(() -> !telephone.speaking());
    }

    long count(Class<? extends ConversationCommand> kind) {
        return commands.stream().filter(kind::isInstance).count();
    }

    MediaReport.Echo echo() {
        return ear.echo();
    }

    ConversationResult hangUp() {
        mouth.flush();
        time.advance(Duration.ofMillis(20));
        post(new ConversationEvent.FromLeg(
                new LegEvent.Ended(time.nanoTime(), LegEnd.REMOTE_HANGUP, Optional.empty())));
        time.settle();
        return conversation.result();
    }

    @Override
    public void close() {
        over = true;
        conversation.close();
        agent.close();
    }
}
