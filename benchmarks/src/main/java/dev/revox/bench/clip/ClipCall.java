package dev.revox.bench.clip;

import dev.revox.agent.VoiceAgents;
import dev.revox.agent.turn.TurnSettings;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.sound.FirstSentenceMode;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.audio.AudioLeg;
import dev.revox.audio.InboundAudio;
import dev.revox.audio.OutboundAudio;
import dev.revox.audio.event.LegEventRelay;
import dev.revox.audio.loop.MediaLoop;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.audio.vad.VoiceActivityPanel;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationCommand;
import dev.revox.conversation.ConversationEvent;
import dev.revox.conversation.ConversationSetup;
import dev.revox.conversation.VoiceAgent;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.order.Direction;
import dev.revox.time.Alarm;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call in virtual time: a clip is heard by a real ear, a real conversation answers with a real mouth. */
public final class ClipCall {

    /** Who measures. */
    public interface Watcher {

        void event(LegEvent event);

        void command(ConversationCommand command);

        /** A frame has left. */
        void sent(boolean voiced, long nowNanos);
    }

    private static final Duration STEP = Duration.ofMillis(1);
    private static final Duration SETTLING = Duration.ofMillis(100);

    private final ManualTime time;
    private final MediaLoop loop;
    private final Map<String, Alarm> timers = new HashMap<>();
    private final Clip clip;
    private final IdealProviders providers;
    private final InboundAudio ear;
    private final OutboundAudio mouth;
    private final LegEventRelay relay;
    private @Nullable Conversation conversation;
    private long startNanos;
    private final Watcher watcher;

    public ClipCall(ManualTime time, Clip clip, IdealProviders providers, VoiceActivityModel model, Watcher watcher) {
        this.time = time;
        this.clip = clip;
        this.providers = providers;
        this.watcher = watcher;
        loop = new MediaLoop("turns", time, deadline -> {});
        relay = new LegEventRelay(loop.events(), this::fromLeg);
        VoiceActivityPanel voices = model.panel();
        loop.addPoller(voices::judgeDue);
        ear = new InboundAudio(loop, time, ListenSettings.DEFAULT, voices, relay);
        mouth = new OutboundAudio(loop, time, relay);
        ear.codec("PCMU");
        mouth.codec("PCMU", 20);
    }

    /** Plays the clip to its end. */
    public void run(TurnSettings settings) {
        try (VoiceAgent agent = agent(settings)) {
            Conversation opened = agent.open(setup(), signal -> post(new ConversationEvent.FromAgent(signal)));
            conversation = opened;
            post(new ConversationEvent.Dialling());
            pass(SETTLING);
            post(new ConversationEvent.Connected(
                    new LegEvent.Answered(time.nanoTime(), "PCMU", ear.sampleRateHz()), ear.openEar()));
            ear.answered();
            startNanos = time.nanoTime();
            providers.clipStarts();
            loop.add(new AudioLeg(new ClipWire(clip, startNanos, watcher), ear, mouth, relay));
            pass(Duration.ofMillis((long) clip.lengthMs()));
            post(new ConversationEvent.FromLeg(
                    new LegEvent.Ended(time.nanoTime(), LegEnd.REMOTE_HANGUP, Optional.empty())));
            pass(SETTLING);
            opened.close();
        }
        ear.close();
        mouth.close();
        pass(STEP);
    }

    /** How long ago the clip began. */
    public double ms(long nanos) {
        return (nanos - startNanos) / 1e6;
    }

    private VoiceAgent agent(TurnSettings settings) {
        return VoiceAgents.builder()
                .settings(settings)
                .toolExecutor(time)
                .languageModel(providers.model())
                .speechToText(providers.recogniser())
                .textToSpeech(VoiceProvider.CARTESIA, providers.voice())
                .defaultVoice(Voice.of(VoiceProvider.CARTESIA, "tone"))
                .build();
    }

    private ConversationSetup setup() {
        return new ConversationSetup(
                "order",
                "attempt",
                Direction.OUTBOUND,
                Assistant.prompt("You help whoever calls.")
                        .firstSentenceMode(FirstSentenceMode.NONE)
                        .identity("assistant", time.instant(), time.instant())
                        .build(),
                Optional.empty(),
                Duration.ofMillis(1),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                ZoneOffset.UTC,
                time);
    }

    private void pass(Duration length) {
        for (long ms = 0; ms < length.toMillis(); ms++) {
            time.advance(STEP);
            loop.tick(time.nanoTime());
            int unused = loop.dispatchEvents();
            time.settle();
        }
    }

    private void fromLeg(LegEvent event) {
        watcher.event(event);
        post(new ConversationEvent.FromLeg(event));
    }

    private void post(ConversationEvent event) {
        time.execute(() -> step(event));
    }

    private void step(ConversationEvent event) {
        Conversation hosted = conversation;
        if (hosted != null) {
            hosted.on(event, time.nanoTime()).forEach(this::carryOut);
        }
    }

    private void carryOut(ConversationCommand command) {
        watcher.command(command);
        switch (command) {
            case ConversationCommand.Say say -> mouth.say(say.segment(), say.format(), say.frames());
            case ConversationCommand.PausePlayout pause -> mouth.pause();
            case ConversationCommand.ResumePlayout resume -> mouth.resume();
            case ConversationCommand.FlushPlayout flush -> mouth.flush();
            case ConversationCommand.SetTimer timer -> arm(timer);
            case ConversationCommand.CancelTimer timer -> disarm(timer.timer());
            default -> {
                // No keys, no thinking sounds, no end before that of the clip.
            }
        }
    }

    private void arm(ConversationCommand.SetTimer timer) {
        disarm(timer.timer());
        String name = timer.timer();
        Duration delay = Duration.ofNanos(Math.max(0, timer.dueNanos() - time.nanoTime()));
        Alarm alarm = time.schedule(delay, () -> {
            timers.remove(name);
            step(new ConversationEvent.TimerFired(name));
        });
        timers.put(name, alarm);
    }

    private void disarm(String timer) {
        Alarm armed = timers.remove(timer);
        if (armed != null) {
            armed.cancel();
        }
    }
}
