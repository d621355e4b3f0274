package dev.revox.testkit.script.provider;

import dev.revox.audio.turn.EndOfTurnModel;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * An end-of-turn model that thinks what the script says, after a while of virtual time, and remembers what it was asked.
 *
 * <p><b>Thread:</b> Confined to the script's thread.
 */
public final class ScriptedTurnModel implements EndOfTurnModel {

    private static final float NO_OPINION = 0.5f;

    /** A probability below 0 stands for a failure. */
    private record Answer(Duration after, float probability) {}

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<Integer> askedSamples = new ArrayList<>();
    private @Nullable ManualTime time;
    private Work.@Nullable Meter meter;
    private Answer otherwise = new Answer(Duration.ofMillis(30), NO_OPINION);
    private boolean warm;
    private boolean closed;

    private ScriptedTurnModel() {}

    /** A model without an opinion. */
    public static ScriptedTurnModel create() {
        return new ScriptedTurnModel();
    }

    /** What it thinks of the next pause. */
    public ScriptedTurnModel thinks(float completeProbability, Duration after) {
        answers.add(new Answer(after, completeProbability));
        return this;
    }

    /** Its next answer, and all after those that the script has, are failures. */
    public ScriptedTurnModel fails(Duration after) {
        otherwise = new Answer(after, -1);
        return this;
    }

    /** What it thinks of all pauses for which the script has nothing. */
    public ScriptedTurnModel alwaysThinks(float completeProbability, Duration after) {
        otherwise = new Answer(after, completeProbability);
        return this;
    }

    /** Puts it into a script's time; done by the script. */
    public ScriptedTurnModel on(ManualTime scriptTime, Work.Meter openWork) {
        time = scriptTime;
        meter = openWork;
        return this;
    }

    /** How many samples of sound came with each question. */
    public List<Integer> askedSamples() {
        return askedSamples;
    }

    public boolean warmedUp() {
        return warm;
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public Question ask(short[] sound, int sampleRateHz, Verdict verdict) {
        askedSamples.add(sound.length);
        Answer next = answers.isEmpty() ? otherwise : answers.remove();
        Work work = new Work(Objects.requireNonNull(time), Objects.requireNonNull(meter));
        work.later(next.after, () -> {
            work.finish();
            if (next.probability < 0) {
                verdict.failed("by the script");
            } else {
                verdict.judged(next.probability);
            }
        });
        return work::cancel;
    }

    @Override
    public int longestSoundMs() {
        return 8000;
    }

    @Override
    public String name() {
        return "scripted-turn";
    }

    @Override
    public void warmUp() {
        warm = true;
    }

    @Override
    public void close() {
        closed = true;
    }
}
