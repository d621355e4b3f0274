package dev.revox.testkit.model;

import dev.revox.agent.VoiceAgents;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.AssistantBuilder;
import dev.revox.assistant.sound.FirstSentenceMode;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.conversation.ConversationSetup;
import dev.revox.conversation.VoiceAgent;
import dev.revox.order.Direction;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Plays one random interleaving of everything that can happen in a call of the cascaded agent: the answer, speech, pauses and
 * their end, words, tokens, sound, tool calls, failures and stalls of every provider, timers, keys, hang-up and stop at any moment.
 * Then all providers stall for ever, and the call must still come to its end by its own deadlines.
 *
 * <p>Checked: nothing is thrown; the conversation hangs up at most once, and does so without help; when the leg is over, no provider
 * works, no timer is armed, the ear is closed, and nothing that comes later has any effect; an agent that made no sound has nothing
 * in the transcript.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class ModelCheck {

    private ModelCheck() {}

    /** Empty when the interleaving of that seed keeps all promises, else what was broken. */
    public static Optional<String> violation(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        List<OpenWork> open = new ArrayList<>();
        try (VoiceAgent agent = agent(open, random)) {
            return new ModelWorld(random, time, open).run(mailbox -> agent.open(setup(random, time), mailbox));
        } catch (RuntimeException | Error thrown) {
            return Optional.of("threw " + thrown + " at " + thrown.getStackTrace()[0]);
        }
    }

    private static VoiceAgent agent(List<OpenWork> open, SplittableRandom random) {
        VoiceAgents.Builder builder = VoiceAgents.builder()
                .languageModel(new LooseModel(open))
                .speechToText(new LooseRecogniser(open))
                .textToSpeech(VoiceProvider.CARTESIA, new LooseVoice("loose-tts", open))
                .defaultVoice(Voice.of(VoiceProvider.CARTESIA, "loose"));
        if (random.nextBoolean()) {
            builder.textToSpeech(VoiceProvider.ELEVENLABS, new LooseVoice("second-tts", open))
                    .fallbackVoice(Voice.of(VoiceProvider.ELEVENLABS, "second"));
        }
        if (random.nextBoolean()) {
            builder.languageModel(new LooseModel(open));
        }
        if (random.nextBoolean()) {
            builder.endOfTurnModel(new LooseTurnModel(open));
        }
        return builder.build();
    }

    private static ConversationSetup setup(SplittableRandom random, ManualTime time) {
        AssistantBuilder assistant =
                Assistant.prompt("You answer questions.").maxCallDuration(Duration.ofSeconds(random.nextInt(10, 90)));
        switch (random.nextInt(3)) {
            case 0 -> assistant.firstSentenceMode(FirstSentenceMode.NONE);
            case 1 -> assistant.firstSentence("Hi Dana! This is Ada.").firstSentenceMode(FirstSentenceMode.STATIC);
            default -> assistant.firstSentence("Greet.").firstSentenceMode(FirstSentenceMode.GENERATED);
        }
        if (random.nextBoolean()) {
            assistant.endOfCallSentence("Goodbye.");
        }
        if (random.nextBoolean()) {
            assistant.maxDurationEndMessage("Our time is over.");
        }
        return new ConversationSetup(
                "order-1",
                "attempt-1",
                Direction.OUTBOUND,
                assistant
                        .identity("assistant-1", time.instant(), time.instant())
                        .build(),
                Optional.empty(),
                Duration.ofMillis(400),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                ZoneOffset.UTC,
                time);
    }
}
