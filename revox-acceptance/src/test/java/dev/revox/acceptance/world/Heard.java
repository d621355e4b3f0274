package dev.revox.acceptance.world;

import dev.revox.attempt.CallAttempt;
import dev.revox.testkit.recognise.PhraseRecogniser;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.Sound;
import dev.revox.transcript.TranscriptItem;
import java.nio.file.Path;
import java.util.List;

/** What can be heard in a recording, and what a transcript says. */
public final class Heard {

    /** Ten milliseconds louder than this are speech; the noise of coding silence lies far below. */
    private static final int SPEECH_PEAK = 1000;

    private Heard() {}

    /** Milliseconds of loud sound in one channel of a recording; 0 is the other side, 1 is ours. */
    public static int loudMs(Path wav, int channel) {
        return loudMs(Sound.read(wav, channel));
    }

    public static int loudMs(Sound sound) {
        int block = sound.rateHz() / 100;
        int loud = 0;
        for (int from = 0; from + block <= sound.pcm().length; from += block) {
            int peak = 0;
            for (int i = from; i < from + block; i++) {
                peak = Math.max(peak, Math.abs(sound.pcm()[i]));
            }
            loud += peak > SPEECH_PEAK ? 1 : 0;
        }
        return loud * 10;
    }

    /** The sentences of a voice that are in a piece of sound, found by cutting it at its pauses. */
    public static List<String> sentences(Sound sound, ClipSet voice) {
        PhraseRecogniser recogniser = PhraseRecogniser.of(voice);
        return Pieces.of(sound).stream()
                .map(recogniser::recognise)
                .filter(text -> !text.isBlank())
                .toList();
    }

    public static List<String> userTurns(CallAttempt attempt) {
        return attempt.transcript().orElseThrow().stream()
                .filter(TranscriptItem.User.class::isInstance)
                .map(TranscriptItem::content)
                .toList();
    }

    public static List<String> agentTurns(CallAttempt attempt) {
        return attempt.transcript().orElseThrow().stream()
                .filter(TranscriptItem.Assistant.class::isInstance)
                .map(TranscriptItem::content)
                .toList();
    }
}
