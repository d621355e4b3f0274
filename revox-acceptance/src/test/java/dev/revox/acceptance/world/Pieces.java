package dev.revox.acceptance.world;

import dev.revox.testkit.voice.Sound;
import java.util.ArrayList;
import java.util.List;

/** Cuts sound at its pauses. */
final class Pieces {

    private static final int QUIET_PEAK = 400;
    private static final int PAUSE_BLOCKS = 35;
    private static final int LEAST_BLOCKS = 20;
    private static final int MARGIN_MS = 60;

    private Pieces() {}

    /** Stretches of sound between pauses of at least 350 ms. */
    static List<Sound> of(Sound sound) {
        int block = sound.rateHz() / 100;
        List<Sound> pieces = new ArrayList<>();
        int start = -1;
        int quiet = 0;
        int blocks = sound.pcm().length / block;
        for (int at = 0; at <= blocks; at++) {
            boolean loud = at < blocks && peak(sound, at * block, block) > QUIET_PEAK;
            if (loud) {
                start = start < 0 ? at : start;
                quiet = 0;
            } else if (start >= 0 && (++quiet >= PAUSE_BLOCKS || at == blocks)) {
                int end = at - quiet + 1;
                if (end - start >= LEAST_BLOCKS) {
                    pieces.add(sound.slice(
                            Math.max(0, start * 10 - MARGIN_MS), Math.min(sound.durationMs(), end * 10 + MARGIN_MS)));
                }
                start = -1;
            }
        }
        return pieces;
    }

    private static int peak(Sound sound, int from, int samples) {
        int peak = 0;
        for (int i = from; i < from + samples; i++) {
            peak = Math.max(peak, Math.abs(sound.pcm()[i]));
        }
        return peak;
    }
}
