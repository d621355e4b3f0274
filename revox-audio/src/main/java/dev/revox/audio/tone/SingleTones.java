package dev.revox.audio.tone;

import dev.revox.media.Tone;

/**
 * Makes names of single frequencies: an answering machine's beep, the three tones before an announcement, fax machines.
 *
 * <p>A beep is told 100 ms after its end, because it may turn out to be the first of three. A calling fax machine is believed
 * when its tone comes a second time.
 *
 * <p><b>Thread:</b> Confined to the media loop; allocates nothing. <b>Units:</b> samples at 8 kHz. <b>Spec:</b> ITU-T E.180
 * (special information tone), T.30 §4.
 */
final class SingleTones implements SteadyTone.Sink {

    /** Five whole frames fit into every 120 ms. */
    static final int LEAST_BEEP_MS = 100;

    private static final int PATIENCE_MS = 100;
    private static final int LEAST_FAX_ANSWER_MS = 400;
    private static final int FAX_ANSWER_PAUSE_MS = 10_000;
    private static final int LONG_PART_MS = 330;
    private static final int NEVER = Integer.MIN_VALUE / 2;

    private final ToneSink sink;
    private final SteadyTone steady = new SteadyTone(this);
    private int nowMs;
    private int samplesOfMs;

    private int beepHz;
    private int beepMs;
    private int beepEndMs;
    private boolean beepWaits;

    private int parts;
    private int partEndMs = NEVER;
    private int firstHz;
    private int secondHz;
    private int secondMs;

    private int faxCallEndMs = NEVER;
    private int faxAnswerMs = NEVER;

    SingleTones(ToneSink sink) {
        this.sink = sink;
    }

    void accept(short[] pcm, int offset, int count) {
        samplesOfMs += count;
        nowMs += samplesOfMs / 8;
        samplesOfMs %= 8;
        steady.accept(pcm, offset, count);
        if (beepWaits && !steady.going() && nowMs - beepEndMs >= PATIENCE_MS) {
            beepWaits = false;
            sink.onTone(Tone.BEEP, beepHz, beepMs);
        }
    }

    void interrupt() {
        steady.interrupt();
    }

    @Override
    public void onGoing(int hz, int durationMs) {
        boolean fax = hz >= 2085 && hz <= 2115 && durationMs >= LEAST_FAX_ANSWER_MS;
        if (fax && nowMs - faxAnswerMs >= FAX_ANSWER_PAUSE_MS) {
            sink.onTone(Tone.FAX_ANSWER, hz, durationMs);
        }
        if (fax) {
            faxAnswerMs = nowMs;
        }
    }

    @Override
    public void onEnded(int hz, int durationMs) {
        if (durationMs < LEAST_BEEP_MS || nowMs - faxAnswerMs < durationMs) {
            return;
        }
        int startMs = nowMs - durationMs;
        if (announces(hz, durationMs, startMs) || callingFax(hz, durationMs, startMs)) {
            beepWaits = false;
            return;
        }
        beepWaits = true;
        beepHz = hz;
        beepMs = durationMs;
        beepEndMs = nowMs;
    }

    /** Whether this was the last of the three tones before an announcement. */
    private boolean announces(int hz, int durationMs, int startMs) {
        boolean follows = parts > 0 && startMs - partEndMs <= PATIENCE_MS;
        boolean partLong = durationMs >= 200 && durationMs <= 440;
        partEndMs = nowMs;
        if (follows && partLong && parts == 2 && hz >= 1740 && hz <= 1840) {
            parts = 0;
            sink.onTone(kind(hz), hz, durationMs);
            return true;
        }
        if (follows && partLong && parts == 1 && hz >= 1340 && hz <= 1460) {
            parts = 2;
            secondHz = hz;
            secondMs = durationMs;
            return false;
        }
        parts = partLong && hz >= 890 && hz <= 1010 ? 1 : 0;
        firstHz = hz;
        return false;
    }

    private Tone kind(int thirdHz) {
        boolean secondLong = secondMs >= LONG_PART_MS;
        if ((firstHz > 935 && firstHz < 965) || thirdHz > 1790) {
            return Tone.SIT;
        }
        if (firstHz <= 935) {
            return secondHz > 1400 && secondLong ? Tone.SIT_REORDER : Tone.SIT_INTERCEPT;
        }
        return secondHz > 1400 && secondLong ? Tone.SIT_NO_CIRCUIT : Tone.SIT_VACANT;
    }

    private boolean callingFax(int hz, int durationMs, int startMs) {
        if (hz < 1062 || hz > 1138 || durationMs < 400 || durationMs > 600) {
            return false;
        }
        int pauseMs = startMs - faxCallEndMs;
        faxCallEndMs = nowMs;
        if (pauseMs < 2400 || pauseMs > 3600) {
            return false;
        }
        sink.onTone(Tone.FAX_CALLING, hz, durationMs);
        return true;
    }
}
