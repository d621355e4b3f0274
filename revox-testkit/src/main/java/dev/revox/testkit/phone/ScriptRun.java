package dev.revox.testkit.phone;

import dev.revox.testkit.phone.rtp.PhoneRtp;
import dev.revox.testkit.phone.rtp.Utterance;
import dev.revox.testkit.voice.Clip;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.ClipVoice;
import dev.revox.testkit.voice.Sound;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * The person at the telephone, who does one step after the other.
 *
 * <p><b>Thread:</b> Confined to a virtual thread of its own.
 */
final class ScriptRun {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final PhoneCall call;
    private final PhoneRtp rtp;
    private final TimeSource time;
    private final ClipVoice voice;
    private long stepBeforeNanos;

    ScriptRun(PhoneCall call, ClipVoice voice) {
        this.call = call;
        this.rtp = call.rtp();
        this.time = call.time();
        this.voice = voice;
        stepBeforeNanos = time.nanoTime();
    }

    void follow(List<Step> script) {
        for (int i = 0; i < script.size(); i++) {
            Step step = script.get(i);
            boolean done;
            try {
                done = take(step);
            } catch (RuntimeException e) {
                call.failed(place(i, script) + " failed: " + e.getMessage());
                return;
            }
            stepBeforeNanos = time.nanoTime();
            if (call.isOver()) {
                boolean nothingLeft = i == script.size() - 1
                        || (i == script.size() - 2 && script.get(i + 1) instanceof Step.WaitForHangUp);
                if (!(nothingLeft && done)) {
                    call.note("the call ended in " + place(i, script));
                }
                return;
            }
            if (!done) {
                call.failed(place(i, script) + " ran out of patience");
                return;
            }
        }
    }

    private static String place(int index, List<Step> script) {
        return "step %d of %d, %s"
                .formatted(
                        index + 1, script.size(), script.get(index).getClass().getSimpleName());
    }

    private boolean take(Step step) {
        return switch (step) {
            case Step.WaitForSpeechEnd wait ->
                until(
                        wait.limit(),
                        () -> rtp.hearing()
                                .spokeSince(stepBeforeNanos, wait.silence().toNanos(), time.nanoTime()));
            case Step.InterruptAfter interrupt ->
                until(
                                interrupt.limit(),
                                () -> rtp.hearing()
                                        .speakingFor(
                                                interrupt.agentSpeech().toNanos(), stepBeforeNanos, time.nanoTime()))
                        && rtp.say(Utterance.of(voice.say(interrupt.text(), 8000)))
                                .join();
            case Step.Say say -> rtp.say(utterance(say)).join();
            case Step.WaitForHangUp wait -> until(wait.limit(), call::isOver);
            case Step.Pause pause -> {
                pause(pause.length());
                yield !call.isOver();
            }
            case Step.Press press -> {
                rtp.press(press.keys());
                yield true;
            }
            case Step.HangUp hangUp -> {
                call.hangUp();
                yield true;
            }
        };
    }

    private Utterance utterance(Step.Say say) {
        Sound sound = voice.say(say.text(), 8000);
        if (say.withoutWord().isEmpty()) {
            return Utterance.of(sound);
        }
        Clip clip = voice.clips()
                .sentence(say.text())
                .orElseThrow(() -> new IllegalArgumentException("only a whole sentence can lose a word"));
        List<String> lost = ClipSet.words(say.withoutWord());
        return clip.words().stream()
                .filter(word -> ClipSet.words(word.text()).equals(lost))
                .findFirst()
                .map(word -> new Utterance(sound, word.startMs(), word.endMs()))
                .orElseThrow(() -> new IllegalArgumentException("the sentence has no such word to lose"));
    }

    private boolean until(Duration limit, BooleanSupplier condition) {
        long startNanos = time.nanoTime();
        while (!condition.getAsBoolean()) {
            if (call.isOver() || time.nanoTime() - startNanos > limit.toNanos()) {
                return false;
            }
            pause(LOOK_AGAIN);
        }
        return true;
    }

    private void pause(Duration length) {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        time.schedule(length, () -> passed.complete(null));
        CompletableFuture.anyOf(passed, call.over()).join();
    }
}
