package dev.revox.testkit.model;

import dev.revox.audio.turn.EndOfTurnModel;
import java.util.List;
import java.util.SplittableRandom;

/** An end-of-turn model that thinks anything, fails, or never answers. <b>Thread:</b> Confined to its world. */
final class LooseTurnModel implements EndOfTurnModel {

    private final List<OpenWork> open;

    LooseTurnModel(List<OpenWork> open) {
        this.open = open;
    }

    @Override
    public Question ask(short[] sound, int sampleRateHz, Verdict verdict) {
        Look look = new Look(verdict);
        open.add(look);
        return look::cancel;
    }

    @Override
    public int longestSoundMs() {
        return 8000;
    }

    @Override
    public String name() {
        return "loose-turn";
    }

    @Override
    public void close() {}

    private static final class Look extends OpenWork {

        private final Verdict verdict;

        Look(Verdict verdict) {
            this.verdict = verdict;
        }

        @Override
        void act(SplittableRandom random) {
            isOver();
            if (random.nextInt(4) == 0) {
                verdict.failed("by the checker");
            } else {
                verdict.judged((float) random.nextDouble());
            }
        }
    }
}
