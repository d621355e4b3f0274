package dev.revox.bench.tokens;

import dev.revox.agent.VoiceAgents;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.stt.SpeechToText;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.turn.TurnSettings;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.sound.FirstSentenceMode;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationCommand;
import dev.revox.conversation.ConversationEvent;
import dev.revox.conversation.ConversationSetup;
import dev.revox.conversation.VoiceAgent;
import dev.revox.line.LegEvent;
import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import dev.revox.order.Direction;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One turn of a real conversation on a thread of its own, until the voice has the first text of the answer.
 *
 * <p><b>Thread:</b> Used once, by one thread.
 */
final class OneTurn {

    private static final String QUESTION = "What do you offer?";
    /** How long the turn waits for more speech is not what is measured. */
    private static final Duration SOON = Duration.ofMillis(5);

    private final TimeSource time;
    private final LanguageModel model;
    private final BlockingQueue<ConversationEvent> mailbox = new LinkedBlockingQueue<>();
    private volatile long voiceHasTextNanos;

    OneTurn(TimeSource time, LanguageModel model) {
        this.time = time;
        this.model = model;
    }

    /** Plays the turn. Answers when the voice was given its first text. */
    long run() throws InterruptedException {
        try (VoiceAgent agent = VoiceAgents.builder()
                .settings(TurnSettings.builder()
                        .preemptive(false)
                        .turnDelays(SOON, SOON, SOON)
                        .adaptive(false, SOON)
                        .build())
                .languageModel(model)
                .speechToText(recogniser())
                .textToSpeech(VoiceProvider.CARTESIA, voice())
                .defaultVoice(Voice.of(VoiceProvider.CARTESIA, "none"))
                .build()) {
            Conversation conversation =
                    agent.open(setup(), signal -> mailbox.add(new ConversationEvent.FromAgent(signal)));
            long now = time.nanoTime();
            mailbox.add(new ConversationEvent.Connected(new LegEvent.Answered(now, "PCMU", 8000), new DeafEar()));
            mailbox.add(new ConversationEvent.FromLeg(new LegEvent.SpeechStarted(now, now)));
            mailbox.add(new ConversationEvent.FromLeg(new LegEvent.SpeechPaused(now, now, true)));
            while (voiceHasTextNanos == 0) {
                ConversationEvent event = mailbox.take();
                conversation.on(event, time.nanoTime()).forEach(this::carryOut);
            }
            conversation.close();
            return voiceHasTextNanos;
        }
    }

    private void carryOut(ConversationCommand command) {
        if (command instanceof ConversationCommand.SetTimer timer) {
            Duration delay = Duration.ofNanos(Math.max(0, timer.dueNanos() - time.nanoTime()));
            var unused = time.schedule(delay, () -> mailbox.add(new ConversationEvent.TimerFired(timer.timer())));
        }
    }

    private SpeechToText recogniser() {
        return new SpeechToText() {
            @Override
            public String name() {
                return "ideal-stt";
            }

            @Override
            public Stream open(int sampleRateHz, SpeechToText.Sink sink) {
                return new Stream() {
                    @Override
                    public void audio(short[] pcm, int offset, int samples) {}

                    @Override
                    public void speechStarted(long leadSamples) {}

                    @Override
                    public void speechPaused(int pause, boolean confirmed) {
                        sink.soFar(pause, QUESTION);
                    }

                    @Override
                    public void speechEnded(int utterance) {
                        sink.finished(utterance, QUESTION);
                    }

                    @Override
                    public void close() {}
                };
            }
        };
    }

    private TextToSpeech voice() {
        return new TextToSpeech() {
            @Override
            public String name() {
                return "ideal-tts";
            }

            @Override
            public int sampleRateHz() {
                return 8000;
            }

            @Override
            public Utterance open(Voice chosen, TextToSpeech.Sink sink) {
                return new Utterance() {
                    @Override
                    public void text(String more) {
                        if (voiceHasTextNanos == 0) {
                            voiceHasTextNanos = time.nanoTime();
                        }
                    }

                    @Override
                    public void end() {}

                    @Override
                    public void demand(boolean more) {}

                    @Override
                    public void cancel() {}
                };
            }
        };
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

    /** Hears nothing. */
    private static final class DeafEar implements Ear {
        @Override
        public int sampleRateHz() {
            return 8000;
        }

        @Override
        public int read(short[] into, int offset, EarFrame frame) {
            return 0;
        }

        @Override
        public long droppedSamples() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
